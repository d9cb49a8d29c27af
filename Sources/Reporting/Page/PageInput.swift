public import Evaluation
public import Moderation

/// What `report.html` shows beside what every format tells.
public struct PageInput: Sendable, Equatable {
    /// What every format tells.
    public let report: ReportInput
    /// How the models of the main setting behave at other thresholds, label by label.
    public let explorations: [LabelExploration]
    /// Pictures of what was repaired, spoiled and left wrong; empty where the experiment wants none.
    public let galleries: [Gallery]

    public init(report: ReportInput, explorations: [LabelExploration], galleries: [Gallery]) {
        self.report = report
        self.explorations = explorations
        self.galleries = galleries
    }
}

/// Images that share a fate under one adapter, for one label.
public struct Gallery: Sendable, Equatable {
    /// The targeted label.
    public let label: Label
    /// The adapter entry of the experiment file.
    public let adapter: String
    /// What became of the images.
    public let fate: Fate
    /// The kind of error that the images could show.
    public let kind: ErrorKind
    /// The images shown, those first of which it is truest.
    public let images: [Image]
    /// Number of images of this fate, shown or not.
    public let total: Int
    /// Whether the experiment lists the label as sensitive: then no picture is embedded.
    public let isSensitive: Bool

    public init(
        label: Label, adapter: String, fate: Fate, kind: ErrorKind, images: [Image], total: Int, isSensitive: Bool
    ) {
        self.label = label
        self.adapter = adapter
        self.fate = fate
        self.kind = kind
        self.images = images
        self.total = total
        self.isSensitive = isSensitive
    }

    /// What became of an image when the adapter took over.
    public enum Fate: String, Sendable, CaseIterable, Codable {
        case fixed, broken
        case stillWrong = "still_wrong"
    }

    /// One image.
    public struct Image: Sendable, Equatable {
        /// Path within the dataset's folder.
        public let path: String
        /// What became of it, one count per repeat in which it was tested.
        public let counts: PairedCounts
        /// The base model's confidence in percent.
        public let baseConfidence: Double
        /// The adapter's confidence in percent, as a mean over the repeats in which it was tested.
        public let adapterConfidence: Double
        /// The picture, small; `nil` where it could not be read, is not to be shown, or has no room.
        public let thumbnail: Thumbnail?

        public init(
            path: String, counts: PairedCounts, baseConfidence: Double, adapterConfidence: Double, thumbnail: Thumbnail?
        ) {
            self.path = path
            self.counts = counts
            self.baseConfidence = baseConfidence
            self.adapterConfidence = adapterConfidence
            self.thumbnail = thumbnail
        }
    }

    /// A small picture.
    public struct Thumbnail: Sendable, Equatable {
        /// In pixels.
        public let width: Int
        /// In pixels.
        public let height: Int
        /// `image/webp` or `image/jpeg`.
        public let mediaType: String
        /// The file's bytes.
        public let bytes: [UInt8]

        public init(width: Int, height: Int, mediaType: String, bytes: [UInt8]) {
            self.width = width
            self.height = height
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }
}
