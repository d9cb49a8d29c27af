internal import LinearAlgebra
internal import Moderation

/// What was promised of one trial's test images, and what became of it.
struct PromiseOutcome {
    /// Images that the operating point was set on.
    let trainingImages: Int
    let allowed: Double
    let onTraining: Double
    let onTest: Double
    let baseOnTest: Double
    /// Whether test images had more than was promised.
    let isAbove: Bool

    /// The outcome of `record` for its label at `label`; `nil` where nothing is promised, or no test image can tell.
    init?(_ promise: Promise, record: TrialRecord, label: Int) {
        let errors = HeldErrors(promise.kind, record: record, result: record.labels[label])
        let (training, test) = (errors.images(of: .training), errors.images(of: .test))
        guard !test.isEmpty else { return nil }
        switch promise.rule {
        case .notAboveBase(let margin):
            trainingImages = training.count
            allowed = Double(wholePart((1 - margin) * Double(errors.count(.base, training))))
            onTraining = Double(errors.count(.adapter, training))
            onTest = Double(errors.count(.adapter, test))
            baseOnTest = Double(errors.count(.base, test))
            isAbove = onTest > baseOnTest
        case .rate(let level, _):
            let calibration = record.labels[label].calibration
            guard !calibration.isEmpty else { return nil }
            trainingImages = calibration.count
            allowed = level
            onTraining = Double(errors.count(.adapter, calibration)) / Double(calibration.count)
            let groups = test.grouped { record.images[$0].group }
            onTest = errors.rate(.adapter, groups)
            baseOnTest = errors.rate(.base, groups)
            isAbove = onTest > level
        }
    }
}

/// The errors of one kind in a record, on the images in which they are possible.
private struct HeldErrors {
    enum Source { case base, adapter }

    private let kind: ErrorKind
    private let record: TrialRecord
    private let result: LabelResult
    private let threshold: Threshold

    init(_ kind: ErrorKind, record: TrialRecord, result: LabelResult) {
        self.kind = kind
        self.record = record
        self.result = result
        threshold = Threshold(confidence: record.thresholdConfidence)
    }

    /// Images of `part` in which the error is possible, and which have a score: those left over for a label have none.
    func images(of part: TrialRecord.SplitPart) -> [Int] {
        record.images(of: part, knownIn: result).filter {
            isError(.base, $0) != nil && !result.adapterScores[$0].isNaN
        }
    }

    func count(_ source: Source, _ images: [Int]) -> Int { images.count { isError(source, $0) == true } }

    /// The share of images in error, as a mean over `groups` of them, each counting once.
    func rate(_ source: Source, _ groups: [[Int]]) -> Double {
        groups.reduce(0) { $0 + Double(count(source, $1)) / Double($1.count) } / Double(groups.count)
    }

    private func isError(_ source: Source, _ image: Int) -> Bool? {
        let scores = source == .base ? result.baseScores : result.adapterScores
        return kind.isError(score: scores[image], truth: result.truth[image], threshold: threshold)
    }
}
