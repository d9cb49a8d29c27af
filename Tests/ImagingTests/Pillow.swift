import Foundation
import Imaging
import TestSupport

/// Pillow as the oracle: it writes the files and says what their pixels are.
enum Pillow {
    /// A file, and the upright RGB image Pillow makes of it.
    struct Case: Decodable, CustomStringConvertible {
        let name: String
        let file: Data
        let width: Int
        let height: Int
        let pixels: Data

        var description: String { name }
        var bytes: [UInt8] { Array(file) }
        var image: RGBImage { RGBImage(width: width, height: height, pixels: Array(pixels)) }
    }

    /// Runs `script`, which calls `add(name, file_bytes)` for each case; `background` is `#rrggbb`.
    static func cases(_ script: String, background: RGBColor = .white) throws -> [Case] {
        try Oracle.run(reader + script + "\nanswer(cases)", input: background.description)
    }

    /// Python that reads a file as this project means to: what Pillow does by itself, in the order it documents.
    static let reader = """
        import base64, io, struct, zlib
        import numpy as np
        from PIL import Image, ImageColor, ImageOps

        def upright_rgb(data):
            image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
            if image.mode.startswith("I"):
                image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
            if image.has_transparency_data:
                canvas = Image.new("RGBA", image.size, ImageColor.getrgb(input) + (255,))
                image = Image.alpha_composite(canvas, image.convert("RGBA"))
            return image.convert("RGB")

        def text(data): return base64.b64encode(data).decode()

        cases = []
        def add(name, data):
            image = upright_rgb(data)
            cases.append(dict(name=name, file=text(data), width=image.width, height=image.height,
                              pixels=text(image.tobytes())))

        def saved(image, format, **options):
            stream = io.BytesIO()
            image.save(stream, format, **options)
            return stream.getvalue()

        def smooth(seed, width, height, channels):
            # Waves and a little noise: what codecs are made for, with edges at every side.
            random = np.random.default_rng(seed)
            y, x = np.mgrid[0:height, 0:width]
            waves = [127 + 100 * np.sin(x / random.uniform(2, 20) + y / random.uniform(2, 20)) for _ in range(channels)]
            pixels = np.stack(waves, 2) + random.normal(0, 10, (height, width, channels))
            return np.clip(pixels, 0, 255).astype(np.uint8).squeeze()

        """
}

extension RGBImage {
    /// The largest difference of any channel of any pixel; `nil` where the sizes differ.
    func largestDifference(from other: RGBImage) -> Int? {
        guard width == other.width, height == other.height else { return nil }
        return zip(pixels, other.pixels).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    }
}
