import BaseModel
import Foundation
import Imaging
import Moderation
import Testing

/// The digest under which an embedding is kept: another one where any number may be another, and only there.
@Suite struct EmbeddingDigestTests {
    private let embedding: EmbeddingDescription

    init() throws {
        let model = try ShippedModel.description()
        let views: [View] = [.plain, .flip, .trim(side: 288)]
        let encoder = EncoderDescription(
            file: model.file, sha256: model.sha256, install: "make rich", input: model.input, output: "embedding",
            views: views)
        embedding = EmbeddingDescription(name: "rich", encoders: [encoder, encoder])
    }

    @Test("Each determinant gives another digest", arguments: determinants)
    func changes(_ change: Change) {
        var changed = embedding
        change.apply(&changed)
        #expect(changed.digest != embedding.digest)
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (inout EmbeddingDescription) -> Void

        init(_ description: String, _ apply: @escaping @Sendable (inout EmbeddingDescription) -> Void) {
            testDescription = description
            self.apply = apply
        }
    }

    private static let determinants = [
        Change("file") { $0.encoders[1].sha256 = Digest(of: "another network") },
        Change("input name") { $0.encoders[0].input.name = "pixels" },
        Change("layout") { $0.encoders[0].input.layout = .nhwc },
        Change("size") { $0.encoders[0].input.height = 240 },
        Change("fit") { $0.encoders[0].input.fit = .pad },
        Change("filter") { $0.encoders[0].input.filter = .bicubic },
        Change("channels") { $0.encoders[0].input.color = .bgr },
        Change("background") { $0.encoders[0].input.background = .black },
        Change("mean") { $0.encoders[0].input.mean[0] = 128 },
        Change("deviation") { $0.encoders[0].input.deviation[2] = 127 },
        Change("output") { $0.encoders[0].output = "logits" },
        Change("one view more") { $0.encoders[0].views.append(.greyscale) },
        Change("one view less") { $0.encoders[0].views.removeLast() },
        Change("order of views, which sums are rounded in") { $0.encoders[0].views.swapAt(0, 1) },
        Change("side of a view") { $0.encoders[0].views[2] = .trim(side: 289) },
        Change("another view of that side") { $0.encoders[0].views[2] = .size(288) },
        Change("one network less") { $0.encoders.removeLast() },
        Change("a view in the other network") { $0.encoders[1].views[0] = .background(.black) },
    ]

    @Test func orderOfNetworksMatters() {
        var (first, second) = (embedding, embedding)
        first.encoders[0].output = "logits"
        second.encoders[1].output = "logits"
        #expect(first.digest != second.digest)
    }

    @Test func namesPathsAndCommandsDoNot() {
        var other = embedding
        other.name = "richer"
        other.encoders[0].file = URL(filePath: "/elsewhere.onnx")
        other.encoders[0].install = nil
        #expect(other.digest == embedding.digest)
    }

    @Test func aBaseModelIsTheSameWithAnyEmbeddings() throws {
        var model = try ShippedModel.description()
        let digest = model.digest
        model.embeddings = [embedding]
        #expect(model.digest == digest)
    }

    @Test("Every contradiction is found, with its place")
    func problems() throws {
        var model = try ShippedModel.description()
        var wrong = embedding
        wrong.encoders[0].views = []
        wrong.encoders[1].views = [.flip, .flip, .size(0)]
        wrong.encoders[1].input.width = 0
        model.embeddings = [
            embedding, wrong, EmbeddingDescription(name: "plain", encoders: []),
        ]
        #expect(
            model.problems.map(\.description) == [
                "embeddings.rich: two embeddings have this name",
                "embeddings.rich.1.views: no view; list at least one",
                "embeddings.rich.2.input.size: 224 x 0 pixels; allowed: 1 to 4096 a side",
                "embeddings.rich.2.views: `flip` is listed twice",
                "embeddings.rich.2.views: `size 0` is no size; allowed: 1 to 4096 pixels a side",
                "embeddings.plain: this is the name of the base model's own single pass",
                "embeddings.plain: no network; list at least one",
            ])
    }
}
