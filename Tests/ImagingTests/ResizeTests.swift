import Foundation
import Imaging
import TestSupport
import Testing

/// Resizing follows Pillow's fixed-point arithmetic, so every comparison is for equal pixels.
@Suite struct ResizeTests {
    private struct Request: Encodable {
        let filter: String
        let fit: String
        /// Width, height, new width and new height of each image.
        let sizes: [[Int]]
        /// Number of images of random sizes besides.
        let randomSizes: Int
    }

    private struct Answer: Decodable {
        let size: [Int]
        let source: Data
        let result: Data
    }

    private static let script = """
        import base64
        import numpy as np
        from PIL import Image, ImageOps

        def resized(image, size):
            method = Image.Resampling[input["filter"].upper()]
            if input["fit"] == "squash": return image.resize(size, method)
            if input["fit"] == "crop": return ImageOps.fit(image, size, method)
            return ImageOps.pad(image, size, method, color="#0a80f0")

        random = np.random.default_rng(20261122)
        answers = []
        for (width, height, *size) in input["sizes"] + random.integers(10, 90, (input["randomSizes"], 4)).tolist():
            source = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
            # Hard edges drive a cubic over both ends of the byte's range.
            if len(answers) % 3 == 0: source = np.where(source > 127, 255, 0).astype(np.uint8)
            result = resized(Image.fromarray(source), size := tuple(size))
            texts = [base64.b64encode(data).decode() for data in (source.tobytes(), result.tobytes())]
            answers.append(dict(size=[width, height, *size], source=texts[0], result=texts[1]))
        answer(answers)
        """

    private func compare(_ filter: ResamplingFilter, _ fit: ImageFit, sizes: [[Int]], randomSizes: Int) throws {
        let request = Request(filter: filter.rawValue, fit: fit.rawValue, sizes: sizes, randomSizes: randomSizes)
        let answers = try Oracle.run(ResizeTests.script, input: request, as: [Answer].self)
        #expect(answers.count == sizes.count + randomSizes)
        for answer in answers {
            let source = RGBImage(width: answer.size[0], height: answer.size[1], pixels: Array(answer.source))
            let expected = RGBImage(width: answer.size[2], height: answer.size[3], pixels: Array(answer.result))
            let result = source.fitted(
                width: expected.width, height: expected.height, fit: fit, filter: filter,
                background: RGBColor(red: 10, green: 128, blue: 240))
            #expect(result.largestDifference(from: expected) == 0, "\(filter), \(fit), \(answer.size)")
        }
    }

    @Test("Any size to any size, by each filter and fit", arguments: ResamplingFilter.allCases, ImageFit.allCases)
    func randomSizes(filter: ResamplingFilter, fit: ImageFit) throws {
        try compare(filter, fit, sizes: [], randomSizes: 60)
    }

    @Test("Sides kept, divided, not divided, tiny and long", arguments: ResamplingFilter.allCases)
    func particularSizes(filter: ResamplingFilter) throws {
        let sizes = [
            [32, 32, 32, 32], [32, 32, 32, 8], [32, 32, 8, 32], [64, 64, 32, 32], [64, 48, 224, 224],
            [320, 320, 224, 224], [1, 1, 7, 7], [2, 3, 1, 1], [500, 3, 2, 5], [3, 500, 5, 2], [97, 61, 96, 62],
        ]
        try compare(filter, .squash, sizes: sizes, randomSizes: 0)
    }

    @Test("A strip keeps at least one pixel when it is padded, where Pillow's rounds to none")
    func extremeStrip() {
        let strip = RGBImage(width: 1000, height: 1, filledWith: .black)
        let padded = strip.fitted(width: 8, height: 8, fit: .pad, filter: .bilinear, background: .white)
        #expect(padded.pixels.count { $0 == 0 } == 8 * 3)
    }
}
