import BaseModel
import Foundation
import Imaging
import Moderation
import TestSupport
import Testing

/// An embedding of several views and networks is made of single passes, bit for bit.
@Suite struct EmbeddingModelTests {
    private let folder: TemporaryFolder
    private let base: BaseModelDescription

    init() throws {
        folder = try TemporaryFolder()
        base = try TinyModel().description(in: folder)
    }

    private func encoder(_ views: [View], output: String = "features") -> EncoderDescription {
        EncoderDescription(
            file: base.file, sha256: base.sha256, install: "make tiny", input: base.input, output: output, views: views)
    }

    private func model(_ encoders: [EncoderDescription]) throws(BaseModelError) -> EmbeddingModel {
        try EmbeddingModel(EmbeddingDescription(name: "rich", encoders: encoders), libraryHint: ShippedModel.library)
    }

    private func image(_ seed: Int) -> RGBImage {
        // A drawing on a plain background, so that every view differs.
        let pixels = (0..<30 * 20).flatMap { pixel -> [UInt8] in
            let (x, y) = (pixel % 30, pixel / 30)
            guard (5..<19).contains(x), (3..<11 + seed).contains(y) else { return [240, 250, 230] }
            return [UInt8(10 * y + seed), UInt8(7 * x), UInt8((x * y * seed) % 200)]
        }
        return RGBImage(width: 30, height: 20, pixels: pixels)
    }

    private let views: [View] = [.plain, .flip, .greyscale, .background(.black), .trim(side: nil)]

    @Test func onePlainViewIsTheBaseModelsOwnEmbedding() throws {
        let rich = try model([encoder([.plain])])
        let own = try BaseModel(base, libraryHint: ShippedModel.library)
        #expect(rich.blocks == [5] && rich.blocks == own.blocks && rich.labels.isEmpty)
        for seed in 1..<5 {
            let encoding = try rich.encode(image(seed))
            #expect(encoding.embedding == (try own.encode(image(seed)).embedding))
            #expect(encoding.scores.isEmpty)
        }
    }

    @Test func viewsAreAveragedAndNetworksStandOneAfterTheOther() throws {
        let blocks = [views, [.flip, .greyscale, .plain], [.trim(side: 8)]]
        let rich = try model(blocks.map { encoder($0) } + [encoder([.plain], output: "chances")])
        #expect(rich.blocks == [5, 5, 5, 4] && rich.dimensions == 19)
        for seed in 1..<5 {
            let expected = try blocks.flatMap { block -> [Float] in
                let single = try block.map { try model([encoder([$0])]).encode(image(seed)).embedding }
                #expect(Set(single).count == block.count, "views of \(block) are alike")
                let sum = single.dropFirst().reduce(single[0]) { zip($0, $1).map(+) }
                return sum.map { $0 / Float(block.count) }
            }
            let embedding = try rich.encode(image(seed)).embedding
            #expect(embedding.prefix(15).map(\.bitPattern) == expected.map(\.bitPattern))
        }
    }

    @Test func aViewIsTheTransformedImage() throws {
        let plain = try model([encoder([.plain])])
        let source = image(2)
        let transformed: [(View, RGBImage)] = [
            (.flip, source.flippedHorizontally()), (.greyscale, source.greyscale()),
            (.trim(side: nil), source.trimmed()),
            (.background(.black), source.replacingBackground(with: .black)),
        ]
        for (view, image) in transformed {
            let single = try model([encoder([view])])
            #expect(try single.encode(source) == plain.encode(image), "\(view)")
        }
    }

    @Test func transparentArtIsComposedOnAViewsBackground() throws {
        let script = """
            import base64, io
            import numpy as np
            from PIL import Image
            stream = io.BytesIO()
            pixels = np.random.default_rng(4).integers(0, 256, (12, 9, 4), dtype=np.uint8)
            Image.fromarray(pixels).save(stream, "png")
            answer(base64.b64encode(stream.getvalue()).decode())
            """
        let bytes = Array(try Oracle.run(script, input: 0, as: Data.self))
        let grey = RGBColor(red: 128, green: 128, blue: 128)
        let single = try model([encoder([.background(grey)])])
        let plain = try model([encoder([.plain])])
        #expect(try single.encode(bytes: bytes) == plain.encode(RGBImage(decoding: bytes, background: grey)))
        #expect(
            try plain.encode(bytes: bytes)
                == plain.encode(RGBImage(decoding: bytes, background: base.input.background)))
    }

    @Test func aNetworkOfFixedSizeTakesNoOther() {
        let error = #expect(throws: BaseModelError.self) { try model([encoder([.plain, .size(9)])]) }
        #expect(
            error?.description == "the network's `pixels` has the shape [-1, 8, 8, 3], not [1, 9, 9, 3] (-1 is free)")
    }

    @Test func whatDoesNotOpenSaysSo() {
        var missing = encoder([.plain])
        missing.file = folder.url.appending(path: "none.onnx")
        let error = #expect(throws: BaseModelError.self) { try model([encoder([.plain]), missing]) }
        #expect(error?.description == "the base model's file \(missing.file.path) is missing; run `make tiny`")
        let unknown = #expect(throws: BaseModelError.self) { try model([encoder([.plain], output: "nothing")]) }
        #expect(unknown?.description == "the network has no output `nothing`; it has `features`, `chances`")
    }

    @Test func numbersThatAreUnusableAreErrors() throws {
        for (variant, expected) in [
            (TinyModel.Variant.notFinite, EncodingError.notFinite(output: "features")), (.zero, .zeroEmbedding),
        ] {
            var wrong = encoder(views)
            let description = try TinyModel(variant).description(in: folder)
            (wrong.file, wrong.sha256) = (description.file, description.sha256)
            let opened = try model([wrong])
            #expect(throws: expected) { try opened.encode(image(1)) }
        }
    }
}
