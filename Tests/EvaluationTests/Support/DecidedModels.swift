import Evaluation
import Moderation

/// Adapters of which it is chosen, image by image, who is wrong about it; a model's scores are the same in every repeat.
struct DecidedModels {
    /// Of each image whether the label is in it.
    var present: [Bool]
    /// Of each image its group; by default every image is one.
    var groups: [String]
    /// Of each repeat the part of each image.
    var parts: [[TrialRecord.SplitPart]]
    /// The images that the base model is wrong about.
    var baseWrong: Set<Int> = []
    var threshold = 50.0
    /// Bytes of the images: equal names are equal images.
    var prefix = "image"

    init(present: [Bool], groups: [String]? = nil, parts: [[TrialRecord.SplitPart]]? = nil) {
        self.present = present
        self.groups = groups ?? present.indices.map { "\($0)" }
        self.parts = parts ?? [present.map { _ in .test }]
    }

    /// Models of random errors, of which groups share a part, on random halves.
    static func random(
        seed: UInt64, models: Int, repeats: Int, images: Int = 120, largestGroup: Int = 1
    ) -> (DecidedModels, wrong: [Set<Int>]) {
        var generator = SplitMix(state: seed)
        let present = (0..<images).map { _ in Bool.random(using: &generator) }
        var groups: [String] = []
        while groups.count < images {
            let size = Int.random(in: 1...largestGroup, using: &generator)
            groups += Array(repeating: "group \(groups.count)", count: size)
        }
        let parts = (0..<repeats).map { _ in
            (0..<images).map { _ in Bool.random(using: &generator) ? TrialRecord.SplitPart.test : .training }
        }
        var decided = DecidedModels(present: present, groups: Array(groups.prefix(images)), parts: parts)
        let difficult = (0..<images).map { _ in Double.random(in: 0...1, using: &generator) }
        let wrong = (0...models).map { model in
            Set(
                (0..<images).filter {
                    difficult[$0] + Double.random(in: 0...0.5, using: &generator) > 0.6 + Double(model) * 0.1
                })
        }
        decided.baseWrong = wrong[models]
        return (decided, Array(wrong.prefix(models)))
    }

    /// The subject `name`, which is wrong about `wrong`.
    func subject(_ name: String, wrong: Set<Int>, baseModel: String = "base model") -> ModelSubject {
        ModelSubject(
            name: name, baseModel: baseModel, records: parts.indices.map { record(name, repetition: $0, wrong: wrong) })
    }

    func record(_ name: String, repetition: Int, wrong: Set<Int>) -> TrialRecord {
        TrialRecord(
            id: Digest(of: "\(name) \(repetition)"), specification: "{}", determinants: [], adapter: name,
            repetition: repetition, thresholdConfidence: threshold,
            images: present.indices.map { image in
                TrialRecord.ImageEntry(
                    digest: Digest(of: "\(prefix) \(image)"), path: "\(image).png", group: groups[image])
            },
            parts: parts[repetition],
            labels: [
                LabelResult(
                    label: Label(path: ["Alcohol"]), truth: present.map { $0 ? .present : .absent },
                    baseScores: scores(baseWrong), adapterScores: scores(wrong), chosen: [], head: [])
            ])
    }

    private func scores(_ wrong: Set<Int>) -> [Float] {
        present.indices.map { wrong.contains($0) == present[$0] ? -1 : 1 }
    }
}

extension ModelComparison {
    /// Compares `subjects` by misses, false positives not above the base model's.
    init(_ subjects: [ModelSubject]) throws {
        try self.init(subjects, objective: .fewest(.falseNegatives, holding: .notAboveBase(margin: 0)))
    }
}
