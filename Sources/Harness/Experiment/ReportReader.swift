public import Moderation

extension Experiment {
    /// What the page of the report shows of images: no part of what is run.
    public struct ReportOptions: Sendable, Equatable {
        /// Whether the page shows images at all.
        public let showsImages: Bool
        /// The labels of which no image is shown, here and in their branches of the taxonomy.
        public let sensitive: [Label]
        /// How many bytes of pictures the page holds at the most.
        public let maximumBytes: Int

        /// No image is shown.
        static let none = ReportOptions(showsImages: false, sensitive: [], maximumBytes: 0)

        /// Whether no image may be shown of what happened to `label`: images that have it may have a sensitive one.
        public func isSensitive(_ label: Label) -> Bool {
            sensitive.contains { $0 == label || label.isDescendant(of: $0) || $0.isDescendant(of: label) }
        }

        /// Whether an image so annotated may be shown: none in which a sensitive label is known to be.
        public func allows(_ annotation: Annotation) -> Bool {
            !sensitive.contains { annotation.truth(of: $0) == .present }
        }

        /// What nobody should meet unasked: people naked or sexual, hurt or dead, and symbols of hate.
        public static func standardSensitive(_ taxonomy: Taxonomy) -> [Label] {
            [
                "Explicit Nudity", "Explicit", "Suggestive/Partial Nudity", "Suggestive/Sexual Situations",
                "Non-Explicit Nudity of Intimate parts and Kissing", "Violence/Graphic Violence Or Gore",
                "Violence/Graphic Violence", "Violence/Physical Violence", "Violence/Weapon Violence",
                "Violence/Self Injury", "Visually Disturbing", "Hate Symbols",
            ].compactMap(Label.init).filter(taxonomy.contains)
        }
    }

    /// What `report` in an experiment file may contain.
    static let reportShape = Shape.mapping([
        .init("images", .boolean, default: "true", "whether report.html shows small pictures of what changed"),
        .init(
            "sensitive", .either([.word(["none"]), .list(.text)]),
            default: "nudity, violence against people, disturbing images and symbols of hate",
            "labels of which no picture is shown; replaces the labels meant where it is left out"),
        .init(
            "megabytes", .number(NumberRange(from: 0, to: 100, includesLower: false)),
            default: "8", "of pictures in report.html at the most, before they are written as text, a third longer"),
    ])
}

/// Reads what the report shows; what does not fit the shape is reported already.
struct ReportReader {
    let taxonomy: Taxonomy
    private(set) var findings: [Finding] = []

    init(taxonomy: Taxonomy) {
        self.taxonomy = taxonomy
    }

    /// The options that `value` describes, or the standard ones where it describes none.
    mutating func options(from value: YAMLValue?) -> Experiment.ReportOptions {
        // A number that the shape refuses may be greater than any count of bytes.
        let bytes = Int(exactly: ((value?["megabytes"]?.number ?? 8) * 1_000_000).rounded(.down))
        return Experiment.ReportOptions(
            showsImages: value?["images"]?.boolean ?? true, sensitive: sensitive(value?["sensitive"]),
            maximumBytes: bytes ?? 0)
    }

    private mutating func sensitive(_ value: YAMLValue?) -> [Label] {
        guard let value else { return Experiment.ReportOptions.standardSensitive(taxonomy) }
        guard case .list = value.content else { return [] }
        var reader = LabelReader(taxonomy: taxonomy)
        let labels = reader.labels(in: value)
        findings += reader.findings
        return labels
    }
}
