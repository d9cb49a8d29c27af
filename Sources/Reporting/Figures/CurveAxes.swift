internal import Evaluation
internal import Foundation

/// What the horizontal axis of a learning curve counts.
enum CurveQuantity {
    /// Training images with the label.
    case positives
    /// All training images.
    case images

    /// Positives where every size of every curve has more of them than the one before; all images else.
    init(_ curves: [LearningCurve]) {
        let isRising = curves.flatMap(\.adapters).allSatisfy { adapter in
            zip(adapter.points, adapter.points.dropFirst()).allSatisfy { $0.positives < $1.positives }
        }
        self = isRising ? .positives : .images
    }

    func value(of point: CurvePoint) -> Double {
        switch self {
        case .positives: point.positives
        case .images: point.images
        }
    }

    /// The axis' title.
    var title: String {
        switch self {
        case .positives: "training images with the label (log scale)"
        case .images: "training images, with and without the label (log scale)"
        }
    }
}

/// A logarithmic axis from the least to the most of `values`, drawn over `range` with some room at both ends.
struct LogarithmicAxis {
    let range: ClosedRange<Double>
    private let logarithms: ClosedRange<Double>

    /// Space at both ends, in user units.
    private static let room = 22.0

    init(_ values: [Double], range: ClosedRange<Double>) {
        let logarithms = values.map { log10(max($0, 1)) }
        let (least, most) = (logarithms.min() ?? 0, logarithms.max() ?? 1)
        self.range = range
        self.logarithms = least...max(most, least + 0.01)
    }

    func position(of value: Double) -> Double {
        let share = (log10(max(value, 1)) - logarithms.lowerBound) / (logarithms.upperBound - logarithms.lowerBound)
        let width = range.upperBound - range.lowerBound - 2 * LogarithmicAxis.room
        return range.lowerBound + LogarithmicAxis.room + share * width
    }

    /// Those of `values` whose labels do not touch, the largest first.
    func ticks(_ values: [Double]) -> [Double] {
        values.sorted(by: >).reduce(into: []) { ticks, value in
            if let last = ticks.last, position(of: last) - position(of: value) < 30 { return }
            ticks.append(value)
        }
    }
}

/// An axis of improvements, from at most 0 to 1; what lies lower than its end is cut off there.
struct ImprovementAxis {
    let range: ClosedRange<Double>
    /// The lower end: a multiple of the step.
    let least: Double
    let step: Double

    /// No axis goes lower: twice the base model's errors.
    private static let lowest = -1.0

    /// The axis of `estimates`, drawn over `range`, whose lower end is the top of the page.
    init(_ estimates: [Estimate], range: ClosedRange<Double>) {
        let values = estimates.flatMap { [$0.value, $0.interval?.lower] }.compactMap { $0 }
        let lowest = max(ImprovementAxis.lowest, min(0, values.min() ?? 0))
        step = lowest < -0.25 ? 0.5 : 0.25
        least = (lowest / step).rounded(.down) * step
        self.range = range
    }

    var ticks: [Double] { Array(stride(from: least, through: 1, by: step)) }

    /// Where `value` lies, or the lower end it is cut at.
    func position(of value: Double) -> Double {
        let share = (1 - max(value, least)) / (1 - least)
        return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }

    func cuts(_ value: Double) -> Bool { value < least }
}
