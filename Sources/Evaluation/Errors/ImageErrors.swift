/// An image that base model or adapter was wrong about in at least one repeat.
public struct ImageErrors: Sendable, Equatable, Codable {
    /// Path within the dataset's folder, after the dataset's name where an experiment has several.
    public let path: String
    /// The group it belongs to; its path where it is one by itself.
    public let group: String
    /// The kind of error made: by the image's truth, only one is possible.
    public let kind: ErrorKind
    /// What became of it, one count per repeat in which it was tested.
    public let tests: PairedCounts

    /// Whether the adapter is wrong in at least half of its tests.
    public var isMostlyWrong: Bool { 2 * tests.adapterErrors >= tests.images }
}

/// The images of one group that could show one kind of error, where base model or adapter made it in at least one repeat.
public struct GroupErrors: Sendable, Equatable, Codable {
    public let group: String
    /// Number of its images that were tested in any repeat.
    public let images: Int
    /// The path of the image about which the adapter is wrong most often, the first of equals.
    public let example: String
    /// What became of them, one count per image and repeat in which it was tested.
    public let tests: PairedCounts

    /// Share of the tests in which the base model is wrong.
    public var baseShare: Double { Double(tests.baseErrors) / Double(tests.images) }

    /// Share of the tests in which the adapter is wrong.
    public var adapterShare: Double { Double(tests.adapterErrors) / Double(tests.images) }

    /// Number of its images that the adapter is wrong about, as a mean over tests of them all.
    public var adapterErrors: Double { adapterShare * Double(images) }
}
