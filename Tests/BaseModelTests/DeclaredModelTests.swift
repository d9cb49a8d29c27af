import BaseModel
import Foundation
import Imaging
import Moderation
import TestSupport
import Testing

/// Another network is used by its description alone: other names, layout, channel order, fit, rule and taxonomy.
@Suite struct DeclaredModelTests {
    private struct Request: Encodable {
        let weights: [Double]
        let head: [Double]
        let pixels: Data
        let width: Int
        let height: Int
    }

    private struct Answer: Decodable {
        let features: [Float]
        let chances: [Float]
    }

    @Test("A tiny network gives what NumPy and Pillow calculate from its weights")
    func againstNumPy() throws {
        let folder = try TemporaryFolder()
        let tiny = try TinyModel()
        let model = try BaseModel(tiny.description(in: folder), libraryHint: ShippedModel.library)
        let image = gradient(width: 13, height: 6)
        let script = """
            import base64
            import numpy as np
            from PIL import Image, ImageOps
            pixels = np.frombuffer(base64.b64decode(input["pixels"]), np.uint8)
            image = Image.fromarray(pixels.reshape(input["height"], input["width"], 3))
            image = ImageOps.pad(image, (8, 8), Image.Resampling.BOX, color=(10, 20, 30))
            values = (np.asarray(image)[:, :, ::-1].astype(float) - [100, 110, 120]) / [50, 60, 70]
            features = values.ravel() @ np.reshape(input["weights"], (192, 5))
            raw = features @ np.reshape(input["head"], (5, 4))
            answer(dict(features=features.tolist(), chances=(1 / (1 + np.exp(-raw))).tolist()))
            """
        let expected = try Oracle.run(
            script,
            input: Request(
                weights: tiny.weights, head: tiny.head, pixels: Data(image.pixels), width: image.width,
                height: image.height),
            as: Answer.self)
        let encoding = try model.encode(image)
        #expect(model.dimensions == 5)
        for (feature, reference) in zip(encoding.embedding, expected.features) {
            // float32 against float64: 192 products of size up to 0.5 round to within 192 x 0.5 x 6e-8.
            #expect(abs(feature - reference) < 1e-5)
        }
        func logit(_ place: Int) -> Double {
            let chance = Double(expected.chances[place])
            return 2 * (log(chance / (1 - chance)) + 0.5)
        }
        func score(_ names: String...) throws -> Double {
            Double(encoding.scores[try #require(model.labels.firstIndex(of: Label(path: names)))])
        }
        // Chances here lie between 0.02 and 0.98, where rounding one to 6e-8 moves its logit by at most 3e-6.
        #expect(expected.chances.allSatisfy { (0.02...0.98).contains($0) })
        #expect(abs(try score("Violence", "Weapons") - max(logit(0), logit(2))) < 1e-5)
        #expect(abs(try score("Violence", "Graphic Violence", "Blood & Gore") - logit(1)) < 1e-5)
        #expect(abs(try score("Violence", "Graphic Violence") - logit(1)) < 1e-5)
        #expect(abs(try score("Violence") - max(logit(0), logit(1), logit(2))) < 1e-5)
        #expect(abs(try score("Alcohol") - logit(3)) < 1e-5)
        #expect(try score("Alcohol", "Alcohol Use") == -16)
    }

    /// An image whose channels differ, so that a swapped channel or axis shows.
    private func gradient(width: Int, height: Int) -> RGBImage {
        let pixels = (0..<width * height).flatMap { index -> [UInt8] in
            [37 * index, 11 * index, 20 * (index / width)].map { UInt8(truncatingIfNeeded: $0) }
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }
}
