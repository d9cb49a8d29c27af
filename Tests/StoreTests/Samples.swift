import Evaluation
import Foundation
import LinearAlgebra
import Moderation

@testable import Store

/// SplitMix64 (Steele et al., 2014): the same samples in every run.
struct SampleGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension TrialRecord {
    /// A record of made-up values, with the corners that real ones have: NaN and infinite scores, empty lists, texts
    /// of any script, and specifications beyond the 64 KiB that an HDF5 attribute holds.
    static func sample(seed: UInt64, images: Int? = nil, labels: Int? = nil) -> TrialRecord {
        var random = SampleGenerator(state: seed)
        let imageCount = images ?? [0, 1, 2, 17, 600].randomElement(using: &random) ?? 0
        let labelCount = labels ?? Int.random(in: 0...3, using: &random)
        return TrialRecord(
            id: Digest(of: "trial \(seed)"),
            specification: String(repeating: text(&random), count: [0, 1, 5000].randomElement(using: &random) ?? 1),
            determinants: (0..<Int.random(in: 0...4, using: &random)).map {
                Determinant(name: "determinant-\($0)", value: text(&random))
            },
            adapter: text(&random), repetition: Int.random(in: 0...30, using: &random),
            thresholdConfidence: Double.random(in: 1...99, using: &random),
            images: (0..<imageCount).map { index in
                ImageEntry(digest: Digest(of: "image \(seed) \(index)"), path: text(&random), group: text(&random))
            },
            parts: (0..<imageCount).map { _ in SplitPart.allCases.randomElement(using: &random) ?? .unused },
            labels: (0..<labelCount).map { LabelResult.sample(&random, index: $0, images: imageCount) })
    }

    /// The same record under another id.
    func renamed(_ id: Digest) -> TrialRecord {
        TrialRecord(
            id: id, specification: specification, determinants: determinants, adapter: adapter,
            repetition: repetition, thresholdConfidence: thresholdConfidence, images: images, parts: parts,
            labels: labels)
    }

    /// What the file of this record says, in a store that keeps its images.
    func content() throws(StoreError) -> FileContent {
        let images = try ImageTableContent.encode(table, path: "sample").digest
        return try TrialContent.encode(self, images: images, path: "sample")
    }

    static func text(_ random: inout SampleGenerator) -> String {
        let texts = ["", "a", "images/Bière d’été.png", "麦酒/🍺.png", "e\u{301}", "{\"a\": [1, 2]}\n", " padded "]
        return texts.randomElement(using: &random) ?? ""
    }
}

extension LabelResult {
    fileprivate static func sample(_ random: inout SampleGenerator, index: Int, images: Int) -> LabelResult {
        let corners: [Float] = [.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude]
        func score(_ random: inout SampleGenerator) -> Float {
            if Bool.random(using: &random) { return Float.random(in: -9...9, using: &random) }
            return corners.randomElement(using: &random) ?? 0
        }
        return LabelResult(
            label: Label(path: ["Alcohol", "Boissons alcoolisées \(index)"]),
            truth: (0..<images).map { _ in Truth.allCases.randomElement(using: &random) ?? .unknown },
            baseScores: (0..<images).map { _ in Float.random(in: -9...9, using: &random) },
            adapterScores: (0..<images).map { _ in score(&random) },
            chosen: index == 0 ? [] : [.init(name: "strength", value: 10), .init(name: "fold", value: .nan)],
            // Only a recipe that tries several adapters says which it chose.
            choice: index == 1 ? .init(adapter: "ridge", reason: "ridge (strength 0.1) with 3 misses – the best") : nil,
            head: [
                NamedArray(name: "weights", values: Matrix(rows: 1, columns: 1280, repeating: 0.25)),
                NamedArray(name: "bias", values: Matrix(rows: 1, columns: 1, repeating: score(&random))),
                NamedArray(name: "nothing", values: Matrix(rows: 0, columns: 3)),
            ],
            // Only some labels of some trials have a part that sets the threshold.
            calibration: index == 1 ? (0..<images).filter { $0 % 7 == 3 } : [])
    }
}

extension CachedEmbeddings {
    /// Made-up embeddings of `count` images, numbered from `first`.
    static func sample(_ count: Int, first: Int = 0, dimensions: Int = 8, labels: Int = 2) -> CachedEmbeddings {
        var random = SampleGenerator(state: UInt64(first))
        func matrix(_ columns: Int) -> Matrix {
            let values = (0..<count * columns).map { _ in Float.random(in: -1...1, using: &random) }
            return Matrix(rows: count, columns: columns, storage: values)
        }
        return CachedEmbeddings(
            images: (first..<first + count).map { Digest(of: "image \($0)") }, embeddings: matrix(dimensions),
            baseScores: matrix(labels))
    }
}

/// Runs `body` with a new folder, removed afterwards.
func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// `withFolder` for work that waits.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Names of all files below `folder` but those that only stand for locks, in order.
func storedFiles(below folder: URL) -> [String] {
    files(below: folder).filter { !$0.hasPrefix("locks/") && !$0.hasPrefix("unsettled/") }
}

/// Names of all files below `folder`, in order.
func files(below folder: URL) -> [String] {
    (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.contains(".") }.sorted()
}
