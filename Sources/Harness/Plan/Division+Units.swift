internal import Moderation

extension Experiment.Division {
    /// The name of what the division never tears apart and `record`, of dataset number `dataset`, belongs to.
    func unit(of record: ImageRecord, dataset: Int) -> String {
        switch self {
        case .random(let description): description.unit(of: record)
        case .separate: "\(dataset)/\(record.group)"
        }
    }

    /// The unit of each of `images`, as a number.
    ///
    /// Folds of the training images keep to these units too, since out-of-fold scores stand for the scores of test
    /// images: where a split lets images of one object fall on both sides, what is seen in training may come again.
    func units(of images: [SelectedImage]) -> [Int] {
        images.map { unit(of: $0.record, dataset: $0.dataset) }.numbered
    }
}
