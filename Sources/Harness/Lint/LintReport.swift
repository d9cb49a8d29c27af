public import Moderation

/// What is wrong, or may be, with a dataset.
public struct LintReport: Sendable {
    /// The dataset's name.
    public let dataset: String
    /// Number of images looked at.
    public let imageCount: Int
    /// What was found, class after class, the worst of each first.
    public let findings: [LintFinding]
    /// What was not looked at, with the reason.
    public let notes: [String]
    /// The dataset with the groups of copies and near duplicates joined.
    public let grouped: Manifest

    /// The findings of `kind`.
    public func findings(_ kind: LintFinding.Kind) -> [LintFinding] { findings.filter { $0.kind == kind } }

    /// What is to be mended or explained.
    public var problems: [LintFinding] { findings.filter { !$0.isHarmless } }
}

/// One thing that lint found.
public struct LintFinding: Sendable, Equatable {
    /// The class of the finding.
    public let kind: Kind
    /// What was found: one sentence, no full stop.
    public let message: String
    /// The images it is about, by path.
    public let images: [String]
    /// Whether it is said for completeness alone, such as copies that a split by group keeps together.
    public let isHarmless: Bool
    /// The numbers in it, by name.
    public let values: [String: JSONValue]

    init(
        _ kind: Kind, _ message: String, images: [String], isHarmless: Bool = false, values: [String: JSONValue] = [:]
    ) {
        self.kind = kind
        self.message = message
        self.images = images
        self.isHarmless = isHarmless
        self.values = values
    }

    /// The classes, in the order in which they are told.
    public enum Kind: String, Sendable, CaseIterable {
        /// Files of the same bytes, or of the same pixels.
        case exactCopies = "exact_copies"
        /// Images that hardly differ.
        case nearDuplicates = "near_duplicates"
        /// Copies or near duplicates of which one shows a label and the other does not.
        case conflictingLabels = "conflicting_labels"
        /// Labels that are known of some images only.
        case unannotatedLabels = "unannotated_labels"
        /// Labels that can be told without looking at the picture.
        case shortcuts
        /// Images that cannot be decoded, or show next to nothing.
        case oddImages = "odd_images"
        /// Images whose label is contradicted by a model that did not see them.
        case labelNoise = "label_noise"
    }
}
