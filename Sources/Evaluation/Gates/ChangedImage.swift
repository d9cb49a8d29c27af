/// An image that is now decided on otherwise than in a baseline.
public struct ChangedImage: Sendable, Equatable, Codable {
    /// Path within the dataset's folder.
    public let path: String
    /// The error that can be made on it.
    public let kind: ErrorKind
    /// Repeats in which it is wrong now, and was right.
    public let broken: Int
    /// Repeats in which it is right now, and was wrong.
    public let repaired: Int
    /// Repeats that tested it.
    public let tests: Int

    public init(path: String, kind: ErrorKind, broken: Int, repaired: Int, tests: Int) {
        self.path = path
        self.kind = kind
        self.broken = broken
        self.repaired = repaired
        self.tests = tests
    }

    /// The images that `metric` counts and that `now` decides on otherwise than `then`: those that broke in most repeats
    /// first, equal ones by path.
    ///
    /// - Throws: ``PairRefusal`` where they were not tested on the same images.
    public static func all(
        _ metric: GateMetric, then: TestErrors, now: TestErrors
    ) throws(PairRefusal) -> [ChangedImage] {
        var images: [ChangedImage] = []
        for kind in metric.kind.map({ [$0] }) ?? ErrorKind.allCases {
            let pairs = try PairedErrors(kind, reference: then, subject: now)
            images += pairs.changed.map { image in
                ChangedImage(
                    path: now.images[image.image].path, kind: kind, broken: image.counts.broken,
                    repaired: image.counts.fixed, tests: image.counts.images)
            }
        }
        return images.sorted { ($1.broken, $1.repaired, $0.path) < ($0.broken, $0.repaired, $1.path) }
    }
}
