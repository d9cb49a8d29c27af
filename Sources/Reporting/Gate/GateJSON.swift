internal import Evaluation
internal import Foundation
internal import Moderation

extension Report {
    /// The version of a gate's JSON: it rises where a reader of the former one would go wrong.
    public static let gateSchemaVersion = 1

    /// A gate for programs: everything the other formats tell and all that they cut short, keys in alphabetical order.
    ///
    /// - Throws: `EncodingError` where a number is not finite, which no gate holds.
    public static func json(_ input: GateInput) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return JSONLayout.lines(String(decoding: try encoder.encode(GateDocument(input)), as: UTF8.self)) + "\n"
    }
}

/// A gate as its JSON is laid out.
private struct GateDocument: Encodable {
    let schemaVersion = Report.gateSchemaVersion
    let experiment: String
    let project: String?
    let baseline: String?
    let status: GateStatus
    let rules: [Rule]
    let problems: [Problem]

    struct Rule: Encodable {
        let name: String
        let adapter: String
        let label: String
        let split: String
        let metric: GateMetric
        let condition: String
        let limit: Double
        let place: Place
        let status: GateStatus
        let reason: String
        let hint: String?
        let estimate: Estimate?
        let basis: GateJudgement.Basis?
        let power: GatePower?
        let notes: [String]
        let changedImages: [ChangedImage]?
    }

    struct Problem: Encodable {
        let kind: String
        let message: String
        let place: Place?
    }

    struct Place: Encodable {
        let file: String
        let line: Int
        let column: Int

        init(_ place: Moderation.Place) {
            file = place.file
            line = place.line
            column = place.column
        }
    }

    init(_ input: GateInput) {
        experiment = input.experiment
        project = input.project
        baseline = input.baseline
        status = input.status
        rules = input.rules.map { Rule($0, GateText($0, in: input)) }
        problems = input.problems.map {
            Problem(kind: $0.kind.rawValue, message: $0.message, place: $0.place.map(Place.init))
        }
    }
}

extension GateDocument.Rule {
    init(_ rule: GateInput.Rule, _ text: GateText) {
        let judgement: GateJudgement? = if case .judged(let judgement) = rule.result { judgement } else { nil }
        self.init(
            name: text.name, adapter: rule.subject.adapter, label: rule.subject.label, split: rule.subject.split,
            metric: rule.metric, condition: rule.condition.key, limit: rule.condition.limit,
            place: GateDocument.Place(rule.place), status: rule.status, reason: text.reason, hint: text.hint,
            estimate: judgement?.estimate, basis: judgement?.basis, power: judgement?.power, notes: rule.notes,
            changedImages: rule.changed)
    }
}

extension GateCondition {
    /// The key of the experiment file.
    var key: String {
        switch self {
        case .atMost: "at_most"
        case .notWorseThanBaselineBy: "not_worse_than_baseline_by"
        case .improvementAtLeast: "improvement_at_least"
        }
    }
}
