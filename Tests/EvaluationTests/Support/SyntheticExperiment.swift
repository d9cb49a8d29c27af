import Evaluation
import LinearAlgebra
import Moderation

/// Trial records whose every count is chosen: one label, images laid out as missed, found, falsely flagged, rightly
/// silent and unknown.
struct SyntheticExperiment {
    var labelPath = ["Alcohol"]
    /// Images in which the label is present, and how many of them the base misses.
    var present = 20
    var missed = 10
    /// Images in which it is absent, and how many of them the base flags.
    var absent = 30
    var alarms = 6
    /// Images of unknown truth; the base flags all of them.
    var unknown = 0

    /// What an adapter changes: the first so many images of each kind.
    struct Change {
        var fixedMisses = 0
        var newMisses = 0
        var fixedAlarms = 0
        var newAlarms = 0

        static let nothing = Change()
    }

    /// Which part of the split an image falls into, by repetition and image.
    typealias Split = @Sendable (_ repetition: Int, _ image: Int) -> TrialRecord.SplitPart

    /// Every image is tested.
    static let allTest: Split = { _, _ in .test }

    /// A fixed scattering of images over both halves, another one in each repetition.
    static let halves: Split = { repetition, image in
        var bits = UInt64(image + 1) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(repetition + 1) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 30)) &* 0x94D0_49BB_1331_11EB
        return (bits ^ (bits >> 31)) & 1 == 0 ? .test : .training
    }

    /// `split` with all training images but the first so many of `size` left over.
    func limited(_ split: @escaping Split, to size: TrainingSize) -> Split {
        let present = present
        return { repetition, image in
            let part = split(repetition, image)
            let kin = image < present ? 0..<image : present..<image
            let limit = image < present ? size.positives : size.negatives
            let earlier = kin.count { split(repetition, $0) == .training }
            return part == .training && earlier >= limit ?? .max ? .unused : part
        }
    }

    var images: Int { present + absent + unknown }

    /// Finished trials of each adapter, one per repetition.
    func records(
        _ changes: KeyValuePairs<String, Change>, repeats: Int = 1, split: Split = SyntheticExperiment.allTest,
        strength: @Sendable (Int) -> Double = { _ in 10 }
    ) -> [TrialRecord] {
        changes.flatMap { adapter, change in
            (0..<repeats).map { repetition in
                record(
                    adapter: adapter, repetition: repetition, split: split,
                    result: result(change, chosen: strength(repetition)))
            }
        }
    }

    func record(adapter: String, repetition: Int, split: Split, result: LabelResult) -> TrialRecord {
        TrialRecord(
            id: Digest(of: "\(adapter) \(repetition)"), specification: "{}", determinants: [], adapter: adapter,
            repetition: repetition, thresholdConfidence: 50,
            images: (0..<images).map { image in
                TrialRecord.ImageEntry(
                    digest: Digest(of: "image \(image)"), path: "images/\(image).png", group: "\(image)")
            },
            parts: (0..<images).map { split(repetition, $0) }, labels: [result])
    }

    func result(_ change: Change, chosen: Double) -> LabelResult {
        let base = flags(wrongPresent: 0..<missed, wrongAbsent: 0..<alarms)
        let stillMissed = Set(change.fixedMisses..<missed).union(missed..<missed + change.newMisses)
        let stillAlarms = Set(change.fixedAlarms..<alarms).union(alarms..<alarms + change.newAlarms)
        return LabelResult(
            label: Label(path: labelPath),
            truth: Array(repeating: .present, count: present) + Array(repeating: .absent, count: absent)
                + Array(repeating: .unknown, count: unknown),
            baseScores: base, adapterScores: flags(wrongPresent: stillMissed, wrongAbsent: stillAlarms),
            chosen: [LabelResult.Hyperparameter(name: "strength", value: chosen)], head: [])
    }

    /// Logits of +1 where flagged and -1 where not; unknown images are flagged.
    private func flags(wrongPresent: some Collection<Int>, wrongAbsent: some Collection<Int>) -> [Float] {
        let wrongPresent = Set(wrongPresent)
        let wrongAbsent = Set(wrongAbsent)
        return (0..<present).map { wrongPresent.contains($0) ? -1 : 1 }
            + (0..<absent).map { wrongAbsent.contains($0) ? 1 : -1 } + Array(repeating: 1, count: unknown)
    }
}
