internal import Moderation

extension Experiment.Division {
    /// The unit of each of `records`, as a number: what the split never tears apart.
    ///
    /// Folds of the training images keep to the same units, since out-of-fold scores stand for the scores of test
    /// images: where a split lets images of one object fall on both sides, what is seen in training may come again.
    func units(of records: [ImageRecord]) -> [Int] {
        var numbers: [String: Int] = [:]
        return records.map { record in
            let name =
                switch self {
                case .random(let description): description.unit(of: record)
                case .separate: record.group
                }
            let number = numbers[name] ?? numbers.count
            numbers[name] = number
            return number
        }
    }
}
