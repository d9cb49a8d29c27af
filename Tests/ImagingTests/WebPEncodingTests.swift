import Foundation
import Imaging
import TestSupport
import Testing

/// What is encoded here is an image for Pillow too, of the same size and about the same pixels.
@Suite struct WebPEncodingTests {
    private struct Input: Encodable {
        let file: Data
    }

    private struct Seen: Decodable {
        let format: String
        let width: Int
        let height: Int
        let pixels: Data
        let metadata: [String]
    }

    private func seen(_ bytes: [UInt8]) throws -> Seen {
        try Oracle.run(
            """
            import base64, io
            from PIL import Image
            image = Image.open(io.BytesIO(base64.b64decode(input["file"])))
            answer(dict(format=image.format, width=image.width, height=image.height,
                        pixels=base64.b64encode(image.convert("RGB").tobytes()).decode(),
                        metadata=[k for k in ("exif", "icc_profile", "xmp") if image.info.get(k)]))
            """, input: Input(file: Data(bytes)))
    }

    @Test(arguments: [(1, 1), (16, 16), (33, 17), (144, 96)]) func pillowReadsWhatIsWritten(size: (Int, Int)) throws {
        let case_ = try #require(
            try Pillow.cases(
                "add(\"waves\", saved(Image.fromarray(smooth(3, \(size.0), \(size.1), 3).reshape(\(size.1), \(size.0), 3)), \"PNG\"))"
            ).first)
        let bytes = try case_.image.webP(quality: 90)
        #expect(try case_.image.webP(quality: 90) == bytes, "the same image gives the same bytes")
        let seen = try seen(bytes)
        #expect(seen.format == "WEBP" && seen.width == size.0 && seen.height == size.1 && seen.metadata == [])
        let decoded = try RGBImage(decoding: bytes)
        #expect(Array(seen.pixels) == decoded.pixels)
        let differences = zip(decoded.pixels, case_.image.pixels).map { abs(Int($0) - Int($1)) }
        // Lossy, with half the resolution of colour: noise of 10 and waves come back within a few of 256 on average.
        #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 15)
    }

    @Test func lowerQualityTakesFewerBytes() throws {
        let image = try #require(
            try Pillow.cases("add(\"waves\", saved(Image.fromarray(smooth(3, 90, 90, 3)), \"PNG\"))").first
        ).image
        let sizes = try [5, 50, 95].map { try image.webP(quality: $0).count }
        #expect(sizes == sizes.sorted() && sizes[0] < sizes[2] / 2)
    }

    @Test func tooLongASideIsRefused() throws {
        let limit = RGBImage.longestWebPSide
        let wide = RGBImage(width: limit + 1, height: 1, filledWith: .white)
        let error = #expect(throws: ImageEncodingError.self) { try wide.webP(quality: 70) }
        #expect(
            error.map { "\($0)" }
                == "16384 x 1 pixels do not fit into a WebP, whose sides have at most 16383: make it smaller")
        #expect(throws: Never.self) { try RGBImage(width: 1, height: limit, filledWith: .black).webP(quality: 1) }
    }

    private struct Resized: Decodable {
        let width: Int
        let height: Int
        let pixels: Data
    }

    /// Sides as Pillow's `ImageOps.contain` rounds them, pixels as its `resize` gives them.
    @Test(arguments: [(300, 200), (200, 300), (145, 144), (1000, 30), (144, 144), (20, 10)])
    func shrinksAsPillowDoes(size: (Int, Int)) throws {
        let case_ = try #require(
            try Pillow.cases(
                "add(\"waves\", saved(Image.fromarray(smooth(5, \(size.0), \(size.1), 3)), \"PNG\"))"
            ).first)
        let expected = try Oracle.run(
            """
            import base64, io
            from PIL import Image, ImageOps
            image = Image.open(io.BytesIO(base64.b64decode(input["file"]))).convert("RGB")
            if max(image.size) > 144: image = ImageOps.contain(image, (144, 144), Image.Resampling.BICUBIC)
            answer(dict(width=image.width, height=image.height, pixels=base64.b64encode(image.tobytes()).decode()))
            """, input: Input(file: case_.file), as: Resized.self)
        let small = case_.image.shrunk(toFit: 144, filter: .bicubic)
        #expect(small.width == expected.width && small.height == expected.height)
        #expect(small.pixels == Array(expected.pixels))
    }

    @Test func aLineKeepsAPixel() {
        let line = RGBImage(width: 3, height: 1000, filledWith: .black).shrunk(toFit: 144, filter: .bicubic)
        #expect(line == RGBImage(width: 1, height: 144, filledWith: .black))
    }
}
