import Evaluation
import Moderation

/// Records of random scores, of which groups share a part: some lie on the threshold, and some truths are unknown.
struct RandomRecords {
    static let adapters = ["better", "perfect", "same", "worse"]

    let records: [TrialRecord]

    /// 240 images in groups of 1 to `largestGroup`; half of the groups are tested in each repetition.
    ///
    /// - Parameter noise: added to every score of an adapter.
    init(seed: UInt64, repeats: Int, largestGroup: Int, noise: Float = 0) {
        var generator = SplitMix(state: seed)
        var groups: [Int] = []
        while groups.count < 240 {
            let size = Int.random(in: 1...largestGroup, using: &generator)
            groups += Array(repeating: (groups.last ?? -1) + 1, count: size)
        }
        let images = groups.indices
        let count = (groups.last ?? 0) + 1
        let draw = { (generator: inout SplitMix) in Double.random(in: -1...1, using: &generator) }
        let present = (0..<count).map { _ in draw(&generator) > 0.2 }
        let difficulty = (0..<count).map { _ in draw(&generator) }
        let truth = images.map { image -> Truth in
            draw(&generator) > 0.9 ? .unknown : present[groups[image]] ? .present : .absent
        }
        let scores = { (gain: Double, generator: inout SplitMix) in
            images.map { image -> Float in
                let score = (present[groups[image]] ? 1 : -1) * (difficulty[groups[image]] + gain) + draw(&generator)
                return abs(score) < 0.05 ? 0 : Float(score)
            }
        }
        let base = scores(0.1, &generator)
        var records: [TrialRecord] = []
        for repetition in 0..<repeats {
            let isTested = (0..<count).map { _ in draw(&generator) > 0 }
            for (adapter, gain) in zip(RandomRecords.adapters, [0.8, 9, 0.1, -0.6]) {
                let adapterScores = scores(gain, &generator).enumerated().map { index, score in
                    index.isMultiple(of: 3) ? score + noise : score
                }
                records.append(
                    TrialRecord(
                        id: Digest(of: "\(adapter) \(repetition)"), specification: "{}", determinants: [],
                        adapter: adapter, repetition: repetition, thresholdConfidence: 50,
                        images: images.map { image in
                            TrialRecord.ImageEntry(
                                digest: Digest(of: "image \(image)"), path: "images/\(image).png",
                                group: "\(groups[image])")
                        },
                        parts: groups.map { isTested[$0] ? .test : .training },
                        labels: [
                            LabelResult(
                                label: Label(path: ["Alcohol"]), truth: truth, baseScores: base,
                                adapterScores: adapterScores, chosen: [], head: [])
                        ]))
            }
        }
        self.records = records
    }
}
