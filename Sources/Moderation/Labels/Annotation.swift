/// What is known of every label on one image.
public struct Annotation: Sendable, Hashable {
    /// Labels that are in the image; a label implies the labels above it.
    public let present: [Label]
    /// Labels that are not in the image.
    public let absent: Absent
    /// Labels that nobody can decide; they count neither for nor against.
    public let unknown: [Label]

    /// Which labels are not in the image.
    public enum Absent: Sendable, Hashable {
        /// Every label that is not present and not unknown: the annotator looked for all of them.
        case others
        /// These labels and everything below them.
        case only([Label])
    }

    public init(present: [Label] = [], absent: Absent = .others, unknown: [Label] = []) {
        self.present = present
        self.absent = absent
        self.unknown = unknown
    }

    /// An image in which no label is present: Rekognition's `Safe`.
    public static let safe = Annotation()

    /// What is known of `label`.
    ///
    /// A label is present where it or a label below it is. Below a present label nothing is known unless it is said. A
    /// label above an unknown one is unknown too, since the unknown one would imply it.
    public func truth(of label: Label) -> Truth {
        if present.contains(where: { $0 == label || $0.isDescendant(of: label) }) { return .present }
        if unknown.contains(where: { related($0, label) }) { return .unknown }
        switch absent {
        case .only(let labels):
            return labels.contains(where: { $0 == label || label.isDescendant(of: $0) }) ? .absent : .unknown
        case .others:
            let isBelowPresent = present.contains { label.isDescendant(of: $0) && !hasPresentSibling(below: $0) }
            return isBelowPresent ? .unknown : .absent
        }
    }

    /// Labels said to be both present and absent, or present and unknown.
    public var contradictions: [Label] {
        var contradicted = present.filter { unknown.contains($0) }
        if case .only(let labels) = absent {
            contradicted += present.filter { label in
                labels.contains { $0 == label || label.isDescendant(of: $0) }
            }
        }
        return contradicted
    }

    /// Whether both say the same of every label, in whatever order and words: a present label implies those above it.
    public func agrees(with other: Annotation) -> Bool { normalized == other.normalized }

    private var normalized: Annotation {
        let implied = Set(present.flatMap(\.ancestors))
        let absent: Absent =
            switch absent {
            case .others: .others
            case .only(let labels): .only(Set(labels).sorted())
            }
        return Annotation(
            present: Set(present).subtracting(implied).sorted(), absent: absent, unknown: Set(unknown).sorted())
    }

    private func related(_ left: Label, _ right: Label) -> Bool {
        left == right || left.isDescendant(of: right) || right.isDescendant(of: left)
    }

    /// Whether something below `parent` is said to be present: then its other children were looked for too.
    private func hasPresentSibling(below parent: Label) -> Bool {
        present.contains { $0.isDescendant(of: parent) }
    }
}
