internal import Adapters
internal import Evaluation
internal import Moderation

/// Reads the rules of a gate, reporting what the shape cannot say.
struct GateReader {
    /// The experiment's file.
    let root: YAMLValue
    /// What a rule may name.
    let labels: [Label]
    let adapters: [Experiment.AdapterEntry]
    let splits: [String]
    private(set) var findings: [Finding] = []

    init(root: YAMLValue, labels: [Label], adapters: [Experiment.AdapterEntry], splits: [String]) {
        self.root = root
        self.labels = labels
        self.adapters = adapters
        self.splits = splits
    }

    /// The rules of the file, in its order; those with a finding are left out.
    mutating func rules() -> [GateRule] {
        var rules: [GateRule] = []
        for value in root["gate"]?.elements ?? [] where !value.entries.isEmpty {
            guard let rule = rule(value) else { continue }
            if rules.contains(where: { $0.asksTheSame(as: rule) }) {
                findings.append(
                    Finding(
                        "another rule asks the same of \(rule.words)", at: value.place,
                        hint: "keep the stricter one"))
            }
            rules.append(rule)
        }
        return rules
    }

    private mutating func rule(_ value: YAMLValue) -> GateRule? {
        let label = label(of: value), adapter = adapter(of: value), split = split(of: value)
        let metric = (value["metric"]?.text).flatMap(GateMetric.init(rawValue:))
        let condition = condition(of: value, metric: metric)
        guard let label, let adapter, let split, let metric, let condition else { return nil }
        return GateRule(
            subject: Baseline.Subject(adapter: adapter, label: label, split: split), metric: metric,
            condition: condition, place: value.place)
    }

    // MARK: What a rule names

    private mutating func label(of rule: YAMLValue) -> String? {
        // Labels that are none are reported where they are listed.
        let listed = (root["labels"]?.elements ?? []).compactMap(\.text)
        return name(
            "label", of: rule, known: labels.map(\.description), alsoListed: listed, defaults: labels.map(\.description)
        )
    }

    private mutating func split(of rule: YAMLValue) -> String? {
        name("split", of: rule, known: splits, defaults: splits)
    }

    private mutating func adapter(of rule: YAMLValue) -> String? {
        let listed = (root["adapters"]?.elements ?? []).compactMap { value in
            (value["name"]?.text ?? value["kind"]?.text).map { (name: $0, kind: value["kind"]?.text ?? "") }
        }
        let baselines = [Recipe.Kind.bias, .platt, .none].map(\.rawValue)
        return name(
            "adapter", of: rule, known: adapters.map(\.name), alsoListed: listed.map(\.name),
            defaults: listed.filter { !baselines.contains($0.kind) }.map(\.name))
    }

    /// The name under `key`, one of those that are `known`, or the only one of `defaults`.
    ///
    /// - Parameter alsoListed: names whose own place has a finding, so that they need none here.
    private mutating func name(
        _ key: String, of rule: YAMLValue, known: [String], alsoListed: [String] = [], defaults: [String]
    ) -> String? {
        guard let value = rule[key] else {
            if defaults.count == 1 { return defaults[0] }
            if !defaults.isEmpty || key == "adapter" {
                findings.append(
                    Finding(
                        "the rule says not which \(key) it is about; there are \(Names.list(defaults.isEmpty ? known : defaults))",
                        at: rule.place, hint: (defaults.first ?? known.first).map { "add `\(key): \($0)`" }))
            }
            return nil
        }
        guard let text = value.text else { return nil }
        if known.contains(text) { return text }
        if !alsoListed.contains(text), !known.isEmpty {
            findings.append(
                Finding(
                    "the experiment has no \(key) `\(text)`; known are \(Names.list(known))", at: value.place,
                    hint: Names.hint(for: text, among: known)))
        }
        return nil
    }

    // MARK: What a rule asks

    private static let conditions: [(key: String, condition: @Sendable (Double) -> GateCondition)] = [
        ("at_most", { .atMost($0) }), ("not_worse_than_baseline_by", { .notWorseThanBaselineBy($0) }),
        ("improvement_at_least", { .improvementAtLeast($0) }),
    ]

    private mutating func condition(of rule: YAMLValue, metric: GateMetric?) -> GateCondition? {
        let given = GateReader.conditions.filter { rule[$0.key] != nil }
        guard given.count == 1, let value = rule[given[0].key] else {
            let keys = Names.list(GateReader.conditions.map(\.key))
            findings.append(
                Finding(
                    "a rule asks one thing, given \(given.isEmpty ? "none" : Names.list(given.map(\.key))) of \(keys)",
                    at: rule.place,
                    hint: given.isEmpty ? "add `not_worse_than_baseline_by: 0.02`" : "make two rules of it"))
            return nil
        }
        if given[0].key == "improvement_at_least", metric == .flagged {
            findings.append(
                Finding(
                    "nothing improves by being flagged less: `improvement_at_least` is of `false_negatives` or `false_positives`",
                    at: value.place, hint: "`at_most` limits what is flagged"))
            return nil
        }
        return value.number.map(given[0].condition)
    }
}

extension GateRule {
    /// Whether `other` asks the same question, whatever limit it names.
    fileprivate func asksTheSame(as other: GateRule) -> Bool {
        switch (condition, other.condition) {
        case (.atMost, .atMost), (.notWorseThanBaselineBy, .notWorseThanBaselineBy),
            (.improvementAtLeast, .improvementAtLeast):
            subject == other.subject && metric == other.metric
        default: false
        }
    }

    fileprivate var words: String { "`\(metric.rawValue)` of adapter `\(subject.adapter)` on `\(subject.label)`" }
}
