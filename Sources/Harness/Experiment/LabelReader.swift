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
            Finding("`\(text)` is not a label of taxonomy \(taxonomy.version)", at: place, hint: hint(for: text)))
        return nil
    }

    /// A name without its parents is the likeliest slip; then a misspelt one.
    private func hint(for text: String) -> String? {
        let paths = taxonomy.labels.map(\.description)
        let named = taxonomy.labels(named: text).map(\.description)
        if !named.isEmpty { return "labels are written with their parents: did you mean \(Names.list(named))?" }
        if let other = taxonomy.hintOfAnother(for: text) { return other }
        let meant =
            Names.nearest(to: text, among: paths)
            ?? Names.nearest(to: text, among: taxonomy.labels.map(\.name)).flatMap {
                taxonomy.labels(named: $0).first?.description
            }
        return meant.map { "did you mean `\($0)`?" } ?? "`moderato labels` prints them all"
    }
}
