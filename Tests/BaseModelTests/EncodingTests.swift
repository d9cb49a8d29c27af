import BaseModel
import Foundation
import Imaging
import Moderation
import Testing

/// What an encoding promises whatever the image: the same bits each time, and no unusable number ever.
@Suite struct EncodingTests {
    private func image(_ seed: Int) -> RGBImage {
        let pixels = (0..<40 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 * (2 * seed + 7) + $0 / 90 * seed) }
        return RGBImage(width: 40, height: 30, pixels: pixels)
    }

    @Test("The same image gives the same bits twice, and from two threads at once")
    func deterministic() throws {
        let model = try ShippedModel.opened.get()
        let images = (0..<4).map(image)
        let alone = try images.map { try model.encode($0) }
        let together = Encodings(count: 8)
        DispatchQueue.concurrentPerform(iterations: 8) { index in
            together.set(index, try? model.encode(images[index % 4]))
        }
        for index in 0..<8 {
            let encoding = try #require(together.all[index])
            #expect(encoding.embedding.map(\.bitPattern) == alone[index % 4].embedding.map(\.bitPattern))
            #expect(encoding.scores.map(\.bitPattern) == alone[index % 4].scores.map(\.bitPattern))
        }
        #expect(Set(alone.map(\.embedding)).count == 4)
    }

    @Test("A parent scores as its best child, and an uncovered label is never flagged")
    func parentsAndUncovered() throws {
        let model = try ShippedModel.opened.get()
        let lowest = Threshold(confidence: 0.001)
        for seed in 0..<6 {
            let scores = try model.encode(image(seed)).scores
            let byLabel = Dictionary(uniqueKeysWithValues: zip(model.labels, scores))
            for label in model.labels {
                let score = try #require(byLabel[label])
                guard model.coveredLabels.contains(label) else {
                    #expect(score == BaseScores.uncovered && !lowest.flags(score))
                    continue
                }
                let children = Taxonomy.version6_1.children(of: label).filter(model.coveredLabels.contains)
                if !children.isEmpty { #expect(score == children.compactMap { byLabel[$0] }.max()) }
            }
        }
    }

    @Test("NaN, zeros and scores that are no probabilities are errors, not encodings")
    func unusableOutputs() throws {
        let folder = try TemporaryFolder()
        func failure(_ variant: TinyModel.Variant) throws -> EncodingError? {
            let description = try TinyModel(variant).description(in: folder)
            let model = try BaseModel(description, libraryHint: ShippedModel.library)
            return #expect(throws: EncodingError.self) { try model.encode(image(1)) }
        }
        #expect(try failure(.notFinite) == .notFinite(output: "features"))
        #expect(try failure(.zero) == .zeroEmbedding)
        guard case .notProbability(let value, "chances") = try failure(.notProbability) else {
            Issue.record("scores of a softplus were taken for probabilities")
            return
        }
        #expect(value > 1)
    }

    @Test("Bytes that are no image say so, in the words of Imaging")
    func badImage() throws {
        let model = try ShippedModel.opened.get()
        let error = #expect(throws: EncodingError.self) { try model.encode(bytes: []) }
        #expect(error == .image(.empty))
        #expect(error?.description == "the file is empty")
    }
}

/// Encodings that several threads fill in.
private final class Encodings: @unchecked Sendable {
    private let lock = NSLock()
    private var encodings: [Encoding?]

    init(count: Int) { encodings = Array(repeating: nil, count: count) }

    var all: [Encoding?] { lock.withLock { encodings } }

    func set(_ index: Int, _ encoding: Encoding?) { lock.withLock { encodings[index] = encoding } }
}
