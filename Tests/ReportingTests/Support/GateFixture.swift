import Evaluation
import Moderation
import Reporting

/// A gate with a rule of every status, and names that every format has to escape.
enum GateFixture {
    /// Characters that mean something to XML, Markdown, GitHub or a terminal.
    static let nasty = "a|b <c> & \"d\" 100% ::x, `e`"

    static func errors(_ images: Int, wrong: Range<Int>) -> TestErrors {
        TestErrors(
            label: Label(path: ["Alcohol"]),
            images: (0..<images).map { image in
                TestErrors.Image(
                    digest: Digest(of: "\(image)"), path: "images/\(image) <&\"%|:,>.png", group: "\(image)",
                    isPresent: true)
            },
            repeats: [
                TestErrors.Repeat(repetition: 0, tested: Array(0..<images), wrong: Set(wrong), otherImages: images)
            ])
    }

    static func rule(
        _ condition: GateCondition, _ result: GateInput.Result, line: Int, metric: GateMetric = .falseNegatives,
        changed: [ChangedImage]? = nil, notes: [String] = []
    ) -> GateInput.Rule {
        GateInput.Rule(
            subject: Baseline.Subject(adapter: "ridge", label: nasty, split: "group"), metric: metric,
            condition: condition, place: Place(file: "Experiments/a,b.yaml", line: line, column: 5), result: result,
            changed: changed, notes: notes)
    }

    /// Pass, fail, inconclusive and error, in this order.
    static func all(problems: [GateInput.Problem] = []) throws -> GateInput {
        let then = errors(200, wrong: 0..<20), now = errors(200, wrong: 5..<33)
        let changed = (0..<18).map { image in
            ChangedImage(
                path: "images/\(image) <&\"%|:,>.png", kind: .falseNegatives, broken: image < 13 ? 1 : 0,
                repaired: image < 13 ? 0 : 1, tests: 1)
        }
        return GateInput(
            experiment: nasty, project: "market", baseline: "Experiments/baselines/e.json",
            rules: [
                rule(.atMost(0.3), .judged(try GateJudgement(.falseNegatives, of: now, atMost: 0.3)), line: 3),
                rule(.atMost(0.05), .judged(try GateJudgement(.falseNegatives, of: now, atMost: 0.05)), line: 4),
                rule(
                    .notWorseThanBaselineBy(0.02),
                    .judged(try GateJudgement(.falseNegatives, of: now, notWorseThan: then, by: 0.02)), line: 5,
                    changed: changed, notes: ["a note: \(nasty)"]),
                rule(
                    .improvementAtLeast(0.5),
                    .problem(GateInput.Problem(.findings, "there is no baseline\n  hint: make \(nasty)", at: nil)),
                    line: 6),
            ], problems: problems)
    }
}
