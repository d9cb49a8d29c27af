internal import Evaluation

/// Precision and recall of a model at the operating threshold, as ratios of sums over repeats.
struct OperatingPoint {
    let recall: Double
    let precision: Double

    /// The point of `adapter`, or of the base model where it is `nil`; none where it flags no image.
    init?(of adapter: String?, in comparison: LabelComparison) {
        let row = comparison.adapters.first { $0.adapter == adapter }
        let images = row?.errors.falseNegatives.cells.images ?? comparison.base.errors.falseNegatives.images
        let errors = { (kind: ErrorKind) in
            row?.errors[kind].cells.adapterErrors ?? comparison.base.errors[kind].errors
        }
        let hits = images - errors(.falseNegatives)
        let flagged = hits + errors(.falsePositives)
        guard images > 0, flagged > 0 else { return nil }
        recall = hits / images
        precision = hits / flagged
    }
}
