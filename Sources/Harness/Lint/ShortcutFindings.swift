internal import Foundation
internal import Moderation

/// How well something that is not the picture tells a label: thresholds of lint.
private enum Shortcut {
    /// Fewer images with the label, or without it, say nothing.
    static let fewest = 10
    /// From here on a source tells the label: 0.5 is by chance, 1 is always.
    static let balancedAccuracy = 0.8
    /// The label is from one source where so large a share of it is.
    static let oneSourceShare = 0.9
    /// What the source must tell all the same: in a dataset of nearly one source, most of every label is from it.
    static let oneSourceAccuracy = 0.6
    /// From here on a measure of the file tells the label, either way round: 0.5 is by chance.
    static let areaUnderCurve = 0.9
}

extension LintSubject {
    /// Labels that their source, or the size and shape of the file, gives away.
    func shortcutFindings(_ labels: [LintLabel]) -> [LintFinding] {
        labels.flatMap { label -> [LintFinding] in
            let (present, absent) = (label.indices(.present), label.indices(.absent))
            guard present.count >= Shortcut.fewest, absent.count >= Shortcut.fewest else { return [] }
            return sourceFindings(label.label, present, absent) + measureFindings(label.label, present, absent)
        }
    }

    private func sourceFindings(_ label: Label, _ present: [Int], _ absent: [Int]) -> [LintFinding] {
        let sources = Set(images.compactMap(\.record.source)).sorted()
        guard sources.count > 1 else { return [] }
        return sources.compactMap { source in
            let isFrom = { (index: Int) in images[index].record.source == source }
            let sensitivity = Double(present.count(where: isFrom)) / Double(present.count)
            let others = Double(absent.count(where: isFrom)) / Double(absent.count)
            let accuracy = (sensitivity + 1 - others) / 2
            let isMostOfIt = sensitivity >= Shortcut.oneSourceShare && accuracy >= Shortcut.oneSourceAccuracy
            guard accuracy >= Shortcut.balancedAccuracy || isMostOfIt else { return nil }
            return LintFinding(
                .shortcuts,
                "\(percent(sensitivity)) of the \(present.count) images with `\(label)` are from `\(source)`, and "
                    + "\(percent(others)) of the \(absent.count) without: to know the source is to know the label "
                    + "(balanced accuracy \(hundredths(accuracy)))",
                images: present.filter(isFrom).map(path),
                values: [
                    "label": .text(label.description), "source": .text(source), "balanced_accuracy": .number(accuracy),
                    "mutual_information_bits": .number(information(present, absent)),
                ])
        }
    }

    /// Mutual information of label and source in bits: 0 where the source says nothing.
    private func information(_ present: [Int], _ absent: [Int]) -> Double {
        let total = Double(present.count + absent.count)
        let sources = Dictionary(grouping: present + absent) { images[$0].record.source ?? "" }
        let shares = [Double(present.count) / total, Double(absent.count) / total]
        let isPresent = Set(present)
        return sources.sorted { $0.key < $1.key }.reduce(0) { sum, source in
            let positives = source.value.count(where: isPresent.contains)
            let cells = [Double(positives), Double(source.value.count - positives)]
            return sum
                + zip(cells, shares).reduce(0) { sum, cell in
                    guard cell.0 > 0 else { return sum }
                    let joint = cell.0 / total
                    return sum + joint * log2(joint / (cell.1 * Double(source.value.count) / total))
                }
        }
    }

    private func measureFindings(_ label: Label, _ present: [Int], _ absent: [Int]) -> [LintFinding] {
        let measures: [(name: String, value: (Fingerprint) -> Double)] = [
            ("the file's size", { Double($0.bytes) }), ("the number of pixels", { Double($0.width * $0.height) }),
            ("width over height", { Double($0.width) / Double($0.height) }), ("the contrast", { Double($0.contrast) }),
        ]
        return measures.compactMap { name, value in
            let area = areaUnderCurve(
                present.map { value(fingerprints[$0]) }, absent.map { value(fingerprints[$0]) })
            guard max(area, 1 - area) >= Shortcut.areaUnderCurve else { return nil }
            return LintFinding(
                .shortcuts,
                "\(name) alone tells `\(label)`: it is \(area > 0.5 ? "larger" : "smaller") in "
                    + "\(percent(max(area, 1 - area))) of the pairs of an image with the label and one without",
                images: present.map(path),
                values: ["label": .text(label.description), "measure": .text(name), "area_under_curve": .number(area)])
        }
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

    private func hundredths(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// The share of pairs in which the positive has the larger value, ties counted half (Mann and Whitney 1947).
func areaUnderCurve(_ positives: [Double], _ negatives: [Double]) -> Double {
    let sorted = negatives.sorted()
    let wins = positives.reduce(0.0) { sum, value in
        let below = sorted.partitioningIndex { $0 >= value }
        let upTo = sorted.partitioningIndex { $0 > value }
        return sum + Double(below) + Double(upTo - below) / 2
    }
    return wins / (Double(positives.count) * Double(negatives.count))
}

extension [Double] {
    /// The first index from which on `condition` holds: false for all elements before, true for all after.
    fileprivate func partitioningIndex(_ condition: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
