/// What a test set can show about one label and one kind of error, whatever the adapter.
///
/// All figures hold at `level`, the strictest step of Holm's correction, and so whatever the other tests of the table
/// say. Over repeated splits an image counts once, however often it was tested.
public struct DetectionLimit: Sendable, Equatable, Codable {
    /// Number of distinct test images that could show this kind of error.
    public let images: Int
    /// Number of those that the base model is wrong about.
    public let baseErrors: Int
    /// The level of a single test: that of the table over its number of tests.
    public let level: Double
    /// The smallest number of fixed images, none broken, that can be shown.
    public let smallestFixed: Int
    /// Whether more repeats of the split would bring that number down by more than half.
    public let isShortOfRepeats: Bool
    /// Whether an adapter that fixes every error of the base and breaks nothing would be shown to.
    public let canShowImprovement: Bool
    /// The smallest improvement that is shown with 80% power where none is broken; `nil` where even fixing every error of
    /// the base would be shown less often than that.
    public let detectableImprovement: Double?
    /// The improvement that `imagesNeeded` speaks of: 0.5, half of the base model's errors.
    public let plannedImprovement: Double
    /// Number of such images on which an adapter with the planned improvement, breaking none, is shown with 80% power, if
    /// the base keeps its error rate; `nil` where the base made no error to go by.
    public let imagesNeeded: Int?

    /// The limit of a test set with `images` images, `baseErrors` of them wrong in the base, where it takes
    /// `smallestFixed` fixed images to show an improvement at `level`.
    public init(images: Int, baseErrors: Int, level: Double, smallestFixed: Int, plannedImprovement: Double = 0.5) {
        precondition(baseErrors <= images, "\(baseErrors) errors on \(images) images")
        self.images = images
        self.baseErrors = baseErrors
        self.level = level
        self.plannedImprovement = plannedImprovement
        self.smallestFixed = smallestFixed
        isShortOfRepeats = smallestFixed > 2 * Power.smallestFixed(level: level)
        canShowImprovement = baseErrors >= smallestFixed
        guard baseErrors > 0 else {
            detectableImprovement = nil
            imagesNeeded = nil
            return
        }
        let baseRate = Double(baseErrors) / Double(images)
        let improvement = Power.detectableShare(images: images, needed: smallestFixed).map { $0 / baseRate }
        detectableImprovement = improvement.flatMap { $0 <= 1 ? $0 : nil }
        imagesNeeded = Power.imagesNeeded(fixed: plannedImprovement * baseRate, needed: smallestFixed)
    }
}
