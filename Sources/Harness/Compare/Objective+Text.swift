public import Adapters
public import Moderation

extension Objective {
    /// The objective that `text` describes in the words of an experiment file: `false_negatives`, or
    /// `{minimise: cost, costs: {false_negative: 5, false_positive: 1}}`.
    ///
    /// - Parameter source: where the text stands, as findings name it.
    public init(text: String, source: String) throws(Findings) {
        do throws(Findings) {
            try self.init(Document("objective: \(text)", file: source).root["objective"])
        } catch {
            // A column would count the key that was put before the text.
            let place = Place(file: source, line: 0)
            throw Findings(error.all.map { Finding($0.message, at: place, hint: $0.hint, severity: $0.severity) })
        }
    }

    /// The objective at `value`, where one word says what is minimised.
    private init(_ value: YAMLValue?) throws(Findings) {
        var checker = ShapeChecker()
        var reader = ObjectiveReader()
        let described = value.map { value in
            value.text == nil
                ? value
                : YAMLValue(
                    content: .mapping([.init(key: "minimise", place: value.place, value: value)]), place: value.place)
        }
        if let described { checker.check(described, Objective.shape, name: "objective") }
        self = reader.objective(from: described)
        let findings = checker.findings + reader.findings
        guard findings.isEmpty else { throw Findings(findings) }
    }
}
