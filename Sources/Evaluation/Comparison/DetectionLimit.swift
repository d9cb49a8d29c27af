/// What a test set can show about one label and one kind of error, whatever the adapter.
///
/// All figures hold at `level`, the strictest step of Holm's correction, and so whatever the other tests of the table
/// say. Over repeated splits an image counts once, however often it was tested. Images of a group are taken to be fixed
/// together, and an adapter to fix the same ones in every repeat and to break none: a real one needs more.
public struct DetectionLimit: Sendable, Equatable, Codable {
    /// Number of distinct test images that could show this kind of error.
    public let images: Int
    /// Number of those that the base model is wrong about.
    public let baseErrors: Int
    /// Number of groups those are of.
    public let baseErrorGroups: Int
    /// How many images say as much as one independent image: (Σ m²) / (Σ m) over the base errors m of each group, and 1
    /// where every error is of another group or there is none (Kish 1965, *Survey Sampling*).
    public let designEffect: Double
    /// The level of a single test: that of the table over its number of tests.
    public let level: Double
    /// The smallest number of groups to fix, breaking none, that can be shown.
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

    /// The limit of a test set with `images` images, where it takes `smallestFixed` fixed groups to show an improvement at
    /// `level`.
    ///
    /// - Parameter baseErrors: number of images the base is wrong about, one number per group that has any.
    public init(images: Int, baseErrors: [Int], level: Double, smallestFixed: Int, plannedImprovement: Double = 0.5) {
        let total = baseErrors.reduce(0, +)
        precondition(total <= images, "\(total) errors on \(images) images")
        let squares = baseErrors.map { $0 * $0 }.reduce(0, +)
        let designEffect = total > 0 ? Double(squares) / Double(total) : 1
        self.images = images
        self.baseErrors = total
        self.designEffect = designEffect
        baseErrorGroups = baseErrors.count
        self.level = level
        self.plannedImprovement = plannedImprovement
        self.smallestFixed = smallestFixed
        isShortOfRepeats = smallestFixed > 2 * Power.smallestFixed(level: level)
        canShowImprovement = baseErrorGroups >= smallestFixed
        guard total > 0 else {
            detectableImprovement = nil
            imagesNeeded = nil
            return
        }
        let baseRate = Double(total) / Double(images)
        let independent = Int(Double(images) / designEffect)
        let improvement = Power.detectableShare(images: independent, needed: smallestFixed).map { $0 / baseRate }
        detectableImprovement = improvement.flatMap { $0 <= 1 ? $0 : nil }
        let needed = Power.imagesNeeded(fixed: plannedImprovement * baseRate, needed: smallestFixed)
        imagesNeeded = Int((Double(needed) * designEffect).rounded(.up))
    }
}
