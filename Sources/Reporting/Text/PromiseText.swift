internal import Evaluation

extension Promise {
    /// The promise in words: `FP not above the base model's`, `FP rate at most 5% with probability 95%`.
    var sentence: String {
        switch rule {
        case .notAboveBase(let margin):
            "\(kind.abbreviation) not above the base model's"
                + (margin > 0 ? ", with a margin of \(NumberText.share(margin))" : "")
        case .rate(let level, let probability):
            "\(kind.abbreviation) rate at most \(NumberText.share(level)) "
                + (probability.map { "with probability \(NumberText.share($0))" } ?? "in expectation")
        }
    }

    /// What the promise rests on, and how the columns are to be read.
    var explanation: String {
        switch rule {
        case .notAboveBase:
            "Held on out-of-fold scores of training images: a heuristic that guarantees nothing. What sits exactly on the "
                + "base model's count there oversteps it on unseen images about half of the time; a margin in the "
                + "objective makes that rarer. Counts of images, means over repeats."
        case .rate(_, let probability):
            "Set on one training image of each held-out group, from which nothing else was chosen. The promise speaks of an "
                + "image of a new group, drawn like the training groups; the rates on test images are therefore means "
                + "over groups, and vary around the true rate by the chance of the test images. "
                + (probability == nil
                    ? "It holds on average: the mean over repeats is to be compared with it, not each repeat. "
                        + "(Angelopoulos et al. 2022)"
                    : "Of the heads that training images so drawn would give, that share keeps it. (Tong, Feng and Li 2018)")
        }
    }

    /// A mean of counts, or a rate, as the rule has it.
    func text(_ value: Double, repeats: Int) -> String {
        switch rule {
        case .notAboveBase: NumberText.count(value, repeats: repeats)
        case .rate: NumberText.share(value)
        }
    }
}
