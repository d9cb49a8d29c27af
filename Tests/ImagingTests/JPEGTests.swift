import Foundation
import Imaging
import Testing

/// Pillow and this project both call libjpeg-turbo, with the accurate integer DCT and smooth chroma upsampling.
/// Those are exact integer algorithms, so every comparison is for equal pixels, of whatever version either links.
@Suite struct JPEGTests {
    @Test("Baseline, progressive, grey, CMYK and every subsampling decode to Pillow's pixels")
    func everyKind() throws {
        let cases = try Pillow.cases(
            """
            for seed, (width, height) in enumerate([(1, 1), (8, 8), (17, 9), (33, 50), (64, 31)]):
                for progressive in (False, True):
                    options = dict(quality=80, progressive=progressive)
                    size = f"{width} x {height}, progressive {progressive}"
                    color = Image.fromarray(smooth(seed, width, height, 3).reshape(height, width, 3))
                    for sampling in (0, 1, 2):
                        add(f"colour {sampling}, {size}", saved(color, "JPEG", subsampling=sampling, **options))
                    grey = Image.fromarray(smooth(seed, width, height, 1).reshape(height, width))
                    add(f"grey, {size}", saved(grey, "JPEG", **options))
                    cmyk = Image.fromarray(smooth(seed, width, height, 4).reshape(height, width, 4), "CMYK")
                    add(f"CMYK, {size}", saved(cmyk, "JPEG", **options))
            color = Image.fromarray(smooth(9, 40, 30, 3))
            add("RGB without YCbCr", saved(color, "JPEG", keep_rgb=True))
            add("restart markers", saved(color, "JPEG", restart_marker_blocks=2))
            add("optimised", saved(color, "JPEG", optimize=True, quality=5))
            # YCCK: Adobe's marker says that a CMYK file's first three channels are YCbCr.
            cmyk = bytearray(saved(Image.fromarray(smooth(4, 24, 24, 4), "CMYK"), "JPEG"))
            cmyk[cmyk.index(b"Adobe") + 11] = 2
            add("YCCK", bytes(cmyk))
            """)
        #expect(cases.count == 54)
        for example in cases {
            #expect(try RGBImage(decoding: example.bytes) == example.image, "\(example)")
        }
    }

    @Test("The eight orientations of EXIF, in either byte order, are turned upright")
    func orientations() throws {
        let cases = try Pillow.cases(
            """
            image = Image.fromarray(smooth(5, 24, 16, 3))
            for endian in "<>":
                for value in range(0, 10):
                    exif = Image.Exif()
                    exif.endian = endian
                    exif[0x010F] = "a maker"
                    exif[0x0112] = value
                    add(f"orientation {value} {endian}", saved(image, "JPEG", exif=exif))
            """)
        #expect(Set(cases.map(\.width)) == [16, 24])
        for example in cases {
            #expect(try RGBImage(decoding: example.bytes) == example.image, "\(example)")
        }
    }

    @Test("A few padding bytes before the end marker are accepted, as Pillow accepts them; many are damage")
    func paddingBeforeTheEnd() throws {
        let cases = try Pillow.cases(
            """
            for progressive in (False, True):
                data = saved(Image.fromarray(smooth(6, 40, 40, 3)), "JPEG", progressive=progressive)
                for count in (2, 12, 400):
                    add(f"{count}", data[:-2] + bytes(count) + data[-2:])
            """)
        for example in cases {
            if example.name == "400" {
                #expect(throws: ImageError.self) { try RGBImage(decoding: example.bytes) }
            } else {
                #expect(try RGBImage(decoding: example.bytes) == example.image)
            }
        }
    }
}
