internal import Evaluation
internal import Foundation
internal import Moderation

/// What all formats say of a rule, in words.
struct GateText {
    private let rule: GateInput.Rule
    private let hasSplits: Bool
    /// The images that changed, which of several rules about the same rate only one tells.
    private let changed: [ChangedImage]

    /// - Parameter input: the gate that `rule` is of: the split is named where it has several.
    init(_ rule: GateInput.Rule, in input: GateInput) {
        self.rule = rule
        hasSplits = Set(input.rules.map(\.subject.split)).count > 1
        let alike = input.rules.filter { $0.subject == rule.subject && $0.metric == rule.metric }
        let teller = alike.first(where: \.isAboutTheBaseline) ?? alike.first
        changed = teller?.condition == rule.condition ? rule.changed ?? [] : []
    }

    /// Adapter, label and split: `kernel, Violence/Weapons`.
    var subject: String {
        "\(rule.subject.adapter), \(rule.subject.label)" + (hasSplits ? ", split \(rule.subject.split)" : "")
    }

    /// What is asked: `false negatives at most 40.0%`.
    var question: String {
        switch rule.condition {
        case .atMost(let limit): "\(rule.metric.name) at most \(NumberText.share(limit))"
        case .notWorseThanBaselineBy(let margin):
            "\(rule.metric.name) not above the baseline's by more than \(NumberText.points(margin).unsigned) points"
        case .improvementAtLeast(let limit):
            "at least \(NumberText.share(limit)) fewer \(rule.metric.name) than the base model"
        }
    }

    /// The name of the rule: subject and question.
    var name: String { "\(subject): \(question)" }

    /// What was measured, with its interval: `29.4% [25.0, 33.8]`; a dash where there is nothing, and no interval where
    /// nothing is estimated.
    var measured: String {
        guard case .judged(let judgement) = rule.result, let value = judgement.estimate.value else { return "—" }
        if judgement.basis == .sameTrials { return "\(number(value)), same trials" }
        return number(value) + (judgement.estimate.interval.map { " [\(bare($0.lower)), \(bare($0.upper))]" } ?? "")
    }

    /// Why the status is what it is, in a sentence.
    var reason: String {
        switch rule.result {
        case .problem(let problem): problem.sentence(besides: rule.place)
        case .judged(let judgement): reason(judgement)
        }
    }

    /// What would help where something went wrong.
    var hint: String? {
        if case .problem(let problem) = rule.result { problem.hint } else { nil }
    }

    /// What the test images could show; none of a problem.
    var power: [String] {
        guard case .judged(let judgement) = rule.result else { return [] }
        return GatePowerText(rule, judgement.power, limit: number).sentences
    }

    /// The sentences below a verdict: power only where it is inconclusive.
    var remarks: [String] {
        [reason] + (hint.map { ["hint: \($0)"] } ?? []) + (rule.status == .inconclusive ? power : []) + rule.notes
            + changes
    }

    /// How many images changed, in a sentence; none where nothing is known, or nothing changed.
    var changes: [String] {
        guard !changed.isEmpty else { return [] }
        let broken = changed.count { $0.broken > 0 }, repaired = changed.count { $0.repaired > 0 }
        return ["since the baseline, \(broken.images) broke and \(repaired.counted) repaired, in any repeat"]
    }

    /// How many images changed at all.
    var changedCount: Int { changed.count }

    /// The changed images, the first few, and how many more there are; JSON lists all.
    var images: [String] {
        let rest = changed.count - GateText.listedImages
        return changed.prefix(GateText.listedImages).map(GateText.line)
            + (rest > 0 ? ["and \(rest) more; JSON lists all"] : [])
    }

    /// Changed images that are listed for people.
    private static let listedImages = 10

    /// A changed image in a line: `images/gun.png: broken in 3 of 11 repeats`.
    private static func line(_ image: ChangedImage) -> String {
        let parts = [(image.broken, "broken"), (image.repaired, "repaired")].filter { $0.0 > 0 }
        let repeats = parts.map { "\($0.1) in \($0.0)" }.joined(separator: ", ")
        return "\(image.path): \(repeats) of \(image.tests) \(image.tests == 1 ? "repeat" : "repeats")"
            + " (\(image.kind.abbreviation))"
    }

    private func reason(_ judgement: GateJudgement) -> String {
        if judgement.basis == .sameTrials {
            return "the trials are those of the baseline, and so is every decision: there is nothing to estimate"
        }
        let basis =
            judgement.basis == .distinctImages ? ", that of the distinct images, since repeats do not differ" : ""
        let limit = number(rule.condition.limit)
        let (right, wrong) =
            if case .improvementAtLeast = rule.condition { ("at or above", "below") } else { ("at or below", "above") }
        switch judgement.verdict {
        case .pass: return "the whole 95% interval is \(right) \(limit)\(basis)"
        case .fail: return "the whole 95% interval is \(wrong) \(limit)\(basis)"
        case .inconclusive:
            guard let missing = judgement.missing else {
                return "\(limit) lies within the 95% interval\(basis): the test images show neither"
            }
            return "there is no interval to judge by: \(missing.note(rule.metric))"
        }
    }

    /// A number of the rule's kind, for people.
    private func number(_ value: Double) -> String {
        switch rule.condition {
        case .atMost: NumberText.share(value)
        case .notWorseThanBaselineBy: "\(NumberText.points(value)) points"
        case .improvementAtLeast: NumberText.change(value)
        }
    }

    /// The same without its unit.
    private func bare(_ value: Double) -> String {
        number(value).replacing("%", with: "").replacing(" points", with: "")
    }
}

/// What the test images of a rule could show, in words.
private struct GatePowerText {
    let rule: GateInput.Rule
    let power: GatePower
    let limit: (Double) -> String

    init(_ rule: GateInput.Rule, _ power: GatePower, limit: @escaping (Double) -> String) {
        self.rule = rule
        self.power = power
        self.limit = limit
    }

    var sentences: [String] { [best, likely].compactMap { $0 } }

    private var images: String { "\(power.images) test images in \(power.groups) groups" }

    private var best: String? {
        guard let bestLimit = power.bestLimit else { return nil }
        guard !power.couldPass else { return "\(bestCase), \(images) would show \(limit(bestLimit))" }
        let needed = power.imagesNeeded.map { "; it takes about \($0) images in such groups" }
        return "\(images) cannot show it even \(bestCase): they would show \(limit(bestLimit))"
            + (needed ?? "; no number of images can")
    }

    private var bestCase: String {
        switch rule.condition {
        case .atMost: rule.metric == .flagged ? "with no image flagged" : "without a single error"
        case .notWorseThanBaselineBy: "with no decision other than the baseline's"
        case .improvementAtLeast: "with every error of the base model gone"
        }
    }

    private var likely: String? {
        guard let likelyLimit = power.likelyLimit else { return nil }
        let given =
            switch rule.condition {
            case .atMost: "if the true rate is the one measured,"
            case .notWorseThanBaselineBy: "if nothing has changed, and decisions differ as often as they do,"
            case .improvementAtLeast: "if the true improvement is the one measured,"
            }
        return "\(given) \(limit(likelyLimit)) would pass in 8 of 10 such test sets"
    }
}

extension GateInput.Rule {
    fileprivate var isAboutTheBaseline: Bool {
        if case .notWorseThanBaselineBy = condition { true } else { false }
    }
}

extension GateInput.Problem {
    /// What went wrong, without the hint, and where, unless that is `place`.
    func sentence(besides place: Place? = nil) -> String {
        let text = message.components(separatedBy: Self.hintMark)[0].onOneLine
        guard let own = self.place, own != place else { return text }
        return "\(own): \(text)"
    }

    /// What would help, if anything is known to.
    var hint: String? {
        let parts = message.components(separatedBy: Self.hintMark)
        return parts.count > 1 ? parts[1].onOneLine : nil
    }

    private static let hintMark = "\n  hint: "
}

extension GateMetric {
    /// The term in full.
    var name: String {
        switch self {
        case .falseNegatives: ErrorKind.falseNegatives.name
        case .falsePositives: ErrorKind.falsePositives.name
        case .flagged: "flagged images"
        }
    }
}

extension Reason {
    /// Why a number about `metric` is missing.
    fileprivate func note(_ metric: GateMetric) -> String {
        if let kind = metric.kind { return note(kind) }
        return self == .noImages ? "there are no test images" : note(ErrorKind.falsePositives)
    }
}

extension String {
    /// Without the sign of a number above 0.
    fileprivate var unsigned: String { first == "+" ? String(dropFirst()) : self }
}

extension Int {
    fileprivate var images: String { "\(self) \(self == 1 ? "image" : "images")" }
    fileprivate var counted: String { "\(self) \(self == 1 ? "was" : "were")" }
}
