internal import Moderation

/// Reads label paths of a taxonomy out of a YAML list, reporting names that are none.
struct LabelReader {
    let taxonomy: Taxonomy
    private(set) var findings: [Finding] = []

    init(taxonomy: Taxonomy) {
        self.taxonomy = taxonomy
    }

    /// The labels that the elements of `list` name; a label named twice is reported.
    mutating func labels(in list: YAMLValue?) -> [Label] { placedLabels(in: list).map(\.label) }

    /// The same with the place of each.
    mutating func placedLabels(in list: YAMLValue?) -> [(label: Label, place: Place)] {
        var labels: [(label: Label, place: Place)] = []
        for element in list?.elements ?? [] {
            guard let text = element.text, let label = label(text, at: element.place) else { continue }
            if labels.contains(where: { $0.label == label }) {
                findings.append(Finding("`\(label)` stands in the list twice", at: element.place))
            } else {
                labels.append((label, element.place))
            }
        }
        return labels
    }

    /// The label written as `text`, or `nil` after a finding.
    mutating func label(_ text: String, at place: Place) -> Label? {
        if let label = Label(text), taxonomy.contains(label) { return label }
        findings.append(
            Finding(
                taxonomy.objection(to: text), at: place,
                hint: taxonomy.hint(for: text) ?? "`moderato labels` prints them all"))
        return nil
    }
}
