internal import Foundation

extension RateGuarantee {
    /// The promise in words: `a false-positive rate of at most 5% with probability 95%`.
    public func summary(_ kind: Objective.ErrorKind) -> String {
        let name = kind == .falsePositives ? "false-positive rate" : "false-negative rate"
        switch sense {
        case .probability(let probability):
            return "a \(name) of at most \(percent(level)) with probability \(percent(probability))"
        case .expectation: return "a \(name) of at most \(percent(level)) in expectation"
        }
    }

    /// Why `groups` groups of the class, each of which is a sample of one, do not carry the promise: what it takes, and
    /// what there is.
    public func shortfall(_ kind: Objective.ErrorKind, groups: Int) -> String {
        let with = kind == .falsePositives ? "without" : "with"
        return "\(summary(kind)) takes \(groupsNeeded) groups of training images \(with) the label, of which "
            + "\(percent(calibration)), \(imagesNeeded), only set the threshold; there are \(groups), of which "
            + "\(heldOut(of: groups)) would"
    }
}

/// A share in percent, without digits that say nothing: `5%`, `2.5%`.
private func percent(_ share: Double) -> String {
    String(format: "%.6g%%", share * 100)
}
