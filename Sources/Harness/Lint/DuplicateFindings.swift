internal import Moderation

extension LintSubject {
    /// Files that show the same pixels.
    var copyFindings: [LintFinding] {
        copies.map { copies in
            let isSameBytes = Set(copies.map { images[$0].digest }).count == 1
            let likeness = isSameBytes ? "the same bytes" : "the same pixels in other bytes"
            return LintFinding(
                .exactCopies, "\(list(copies)) are \(likeness)\(grouping(of: copies))",
                images: copies.map(path), isHarmless: groups(of: copies).count == 1,
                values: ["same_bytes": .boolean(isSameBytes), "groups": .list(groups(of: copies).map(JSONValue.text))])
        }
    }

    /// Clusters of images that hardly differ; those that a split by group may part come first.
    var nearDuplicateFindings: [LintFinding] {
        var clusters = Clusters(count: images.count)
        for pair in nearDuplicates { clusters.join(pair.first, pair.second) }
        let pairs = Dictionary(grouping: nearDuplicates) { clusters.root(of: $0.first) }
        let findings = clusters.sets.compactMap { cluster in
            pairs[cluster[0]].flatMap { finding(cluster, pairs: $0) }
        }
        return findings.filter { !$0.isHarmless } + findings.filter(\.isHarmless)
    }

    private func finding(_ cluster: [Int], pairs: [NearDuplicate]) -> LintFinding? {
        let parted = pairs.filter { images[$0.first].record.group != images[$0.second].record.group }
        let shown = parted.isEmpty ? pairs : parted
        guard let example = shown.max(by: { ($0.cosine, $1.first) < ($1.cosine, $0.first) }) else { return nil }
        let rest = cluster.count > 2 ? ", and \(cluster.count - 2) more are like them" : ""
        return LintFinding(
            .nearDuplicates,
            "`\(path(example.first))` and `\(path(example.second))` hardly differ (\(example.evidence))\(rest)"
                + grouping(of: cluster),
            images: cluster.map(path), isHarmless: parted.isEmpty,
            values: [
                "groups": .list(groups(of: cluster).map(JSONValue.text)),
                "pairs": .list(pairs.map(pairValue)), "pairs_in_different_groups": .integer(parted.count),
            ])
    }

    private func pairValue(_ pair: NearDuplicate) -> JSONValue {
        .object([
            "images": .list([.text(path(pair.first)), .text(path(pair.second))]),
            "hash_distance": .integer(pair.distance), "cosine": .number(pair.cosine),
            "shares_group": .boolean(images[pair.first].record.group == images[pair.second].record.group),
        ])
    }

    /// Copies and near duplicates that contradict each other.
    var conflictFindings: [LintFinding] {
        let copied = copies.flatMap { copies in copies.dropFirst().map { (copies[0], $0, "show the same pixels") } }
        let pairs = copied + nearDuplicates.map { ($0.first, $0.second, "hardly differ (\($0.evidence))") }
        return pairs.flatMap { first, second, likeness in
            contradicted(first, second).map { label in
                let isFirst = images[first].record.annotation.truth(of: label) == .present
                let (shown, other) = isFirst ? (first, second) : (second, first)
                return LintFinding(
                    .conflictingLabels,
                    "`\(path(shown))` shows `\(label)` and `\(path(other))` does not, but they \(likeness)",
                    images: [path(shown), path(other)], values: ["label": .text(label.description)])
            }
        }
    }

    /// The lowest labels that are present in one image and absent in the other.
    private func contradicted(_ first: Int, _ second: Int) -> [Label] {
        let annotations = [images[first].record.annotation, images[second].record.annotation]
        let labels = Set(annotations.flatMap { $0.present + $0.present.flatMap(\.ancestors) }).sorted()
        let contradicted = labels.filter { label in
            Set(annotations.map { $0.truth(of: label) }) == [.present, .absent]
        }
        return contradicted.filter { label in !contradicted.contains { $0.isDescendant(of: label) } }
    }

    // MARK: Words

    private func groups(of members: [Int]) -> [String] {
        Set(members.map { images[$0].record.group }).sorted()
    }

    private func grouping(of members: [Int]) -> String {
        let groups = groups(of: members)
        return groups.count == 1
            ? "; they share the group `\(groups[0])`"
            : "; they are in \(groups.count) groups: \(Names.list(groups, limit: 3))"
    }

    private func list(_ members: [Int]) -> String { Names.list(members.map(path), limit: 3) }
}
