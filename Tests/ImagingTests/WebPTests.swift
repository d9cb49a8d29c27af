import Foundation
import Imaging
import Testing

/// WebP's decoder is exact integer arithmetic and both sides use libwebp, so comparisons are for equal pixels.
@Suite struct WebPTests {
    @Test("Lossy and lossless, opaque and transparent, decode to Pillow's pixels")
    func everyKind() throws {
        let background = RGBColor(red: 250, green: 5, blue: 90)
        let cases = try Pillow.cases(
            """
            for seed, (width, height) in enumerate([(1, 1), (16, 16), (17, 9), (50, 33)]):
                for lossless in (False, True):
                    for mode, channels in (("RGB", 3), ("RGBA", 4)):
                        image = Image.fromarray(smooth(seed, width, height, channels).reshape(height, width, channels))
                        name = f"{mode}, lossless {lossless}, {width} x {height}"
                        add(name, saved(image, "WEBP", lossless=lossless, quality=70))
            exif = Image.Exif()
            exif[0x0112] = 8
            add("orientation", saved(Image.fromarray(smooth(1, 30, 20, 3)), "WEBP", exif=exif))
            """, background: background)
        #expect(cases.count == 17)
        for example in cases {
            #expect(try RGBImage(decoding: example.bytes, background: background) == example.image, "\(example)")
        }
    }

    @Test("An animation is refused, and the error says so")
    func animation() throws {
        let cases = try Pillow.cases(
            """
            frames = [Image.fromarray(smooth(seed, 20, 20, 3)) for seed in range(3)]
            add("animation", saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
            """)
        let bytes = try #require(cases.first).bytes
        let error = #expect(throws: ImageError.self) { try RGBImage(decoding: bytes) }
        #expect(error == .unsupportedFeature(.webp, feature: "animated"))
        #expect("\(try #require(error))" == "the WebP is animated, which is not supported; convert it to a plain WebP")
    }
}
