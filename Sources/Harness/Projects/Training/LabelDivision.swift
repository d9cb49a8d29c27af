internal import Adapters
internal import Foundation
internal import Moderation

/// Which labels images are enough for, and how the images are divided for them.
struct LabelDivision {
    /// The labels to fit, in the taxonomy's order.
    let labels: [Label]
    /// How images are divided.
    let division: Experiment.Division
    /// Why each other label that the manifest names is left to the base model.
    let left: [(label: Label, reason: String)]

    /// Share of the images that is held out where there is no test manifest.
    static let heldOut = 0.2
    /// Groups of images with and without a label that selecting from training rows takes.
    private static let neededGroups = 2
    /// Divisions that are tried until one has every label on both sides.
    private static let seeds: Range<UInt64> = 0..<64

    init(_ images: ImageInspection, taxonomy: Taxonomy) {
        let named = Set(images.training.records.flatMap(\.annotation.present))
        let labels = taxonomy.labels.filter(named.contains)
        if let test = images.test {
            let sides = { (labels: [Label]) in Sides(images.training.records, test.records, labels) }
            let enough = sides(labels).enough
            self.labels = enough
            division = .separate(test: test.dataset(taxonomy), seed: 0)
            left = sides(labels).shortfalls
        } else {
            (self.labels, division, left) = Self.held(out: images.training.records, labels)
        }
    }

    private static func held(
        out records: [ImageRecord], _ labels: [Label]
    ) -> ([Label], Experiment.Division, [(label: Label, reason: String)]) {
        var labels = labels
        var left: [(label: Label, reason: String)] = []
        while true {
            let best = best(records, labels)
            if best.sides.enough.count == labels.count { return (labels, .random(best.description), left) }
            left += best.sides.shortfalls
            labels = best.sides.enough
        }
    }

    /// The first division with the most labels on both sides: another draw is another chance for a rare one.
    private static func best(
        _ records: [ImageRecord], _ labels: [Label]
    ) -> (description: SplitDescription, sides: Sides) {
        let table = TruthTable(records, labels: labels)
        let strata = description(seed: 0).strata(of: records, table)
        var best: (description: SplitDescription, sides: Sides)?
        for seed in seeds {
            let description = description(seed: seed)
            let split = description.split(strata, repetition: 0)
            let sides = Sides(split.training.values.map { records[$0] }, split.test.values.map { records[$0] }, labels)
            if best.map({ sides.enough.count > $0.sides.enough.count }) ?? true { best = (description, sides) }
            if sides.enough.count == labels.count { break }
        }
        guard let best else { preconditionFailure("none of \(seeds.count) divisions was drawn") }
        return best
    }

    private static func description(seed: UInt64) -> SplitDescription {
        SplitDescription(training: 1 - heldOut, test: heldOut, unit: .group, repeats: 1, seed: seed)
    }

    /// What each label has on both sides of a division.
    private struct Sides {
        private(set) var enough: [Label] = []
        private(set) var shortfalls: [(label: Label, reason: String)] = []

        init(_ training: [ImageRecord], _ test: [ImageRecord], _ labels: [Label]) {
            for label in labels {
                let groups = { (records: [ImageRecord], truth: Truth) in
                    Set(records.filter { $0.annotation.truth(of: label) == truth }.map(\.group)).count
                }
                let (present, absent) = (groups(training, .present), groups(training, .absent))
                let isTested = test.contains { $0.annotation.truth(of: label) != .unknown }
                if min(present, absent) >= LabelDivision.neededGroups, isTested {
                    enough.append(label)
                } else {
                    shortfalls.append(
                        (
                            label,
                            isTested
                                ? "\(label) is present in \(present) and absent in \(absent) of the different images to train on, "
                                    + "and takes \(LabelDivision.neededGroups) of each"
                                : "\(label) is known of no image to test on"
                        ))
                }
            }
        }
    }
}
