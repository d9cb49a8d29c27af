internal import Moderation

/// The rate that a rule of a gate is about.
public enum GateMetric: String, Sendable, Hashable, CaseIterable, Codable {
    /// Missed images, of those with the label.
    case falseNegatives = "false_negatives"
    /// Falsely flagged images, of those without the label.
    case falsePositives = "false_positives"
    /// Flagged images, rightly or not, of all whose truth is known.
    case flagged

    /// The kind of error that it counts; `nil` where it counts what is flagged.
    public var kind: ErrorKind? { ErrorKind(rawValue: rawValue) }

    /// The rate of errors of `kind`.
    init(_ kind: ErrorKind) {
        switch kind {
        case .falseNegatives: self = .falseNegatives
        case .falsePositives: self = .falsePositives
        }
    }

    /// `errors` as a test of which this metric is the error rate, and the kind of error that it then is.
    func measured(_ errors: TestErrors) -> (errors: TestErrors, kind: ErrorKind) {
        switch self {
        case .falseNegatives: (errors, .falseNegatives)
        case .falsePositives: (errors, .falsePositives)
        case .flagged: (errors.countingFlagged, .falsePositives)
        }
    }
}

extension TestErrors {
    /// The test in which every flagged image counts as a false alarm: what flagging is where no image should be.
    fileprivate var countingFlagged: TestErrors {
        TestErrors(
            label: label,
            images: images.map { Image(digest: $0.digest, path: $0.path, group: $0.group, isPresent: false) },
            repeats: repeats.map { test in
                let flagged = test.tested.filter { images[$0].isPresent != test.wrong.contains($0) }
                return Repeat(
                    repetition: test.repetition, tested: test.tested, wrong: Set(flagged),
                    otherImages: test.otherImages)
            })
    }
}
