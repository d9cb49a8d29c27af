extension Taxonomy {
    /// What is said of `text`, which is the path of no label here.
    public func objection(to text: String) -> String { "`\(text)` is not a label of taxonomy \(version)" }

    /// What `text` was probably meant to be; `nil` where nothing is near. A name without its parents is the likeliest slip,
    /// then one of another version, then a misspelt one.
    public func hint(for text: String) -> String? {
        let named = labels(named: text).map(\.description)
        if !named.isEmpty { return "labels are written with their parents: did you mean \(Names.list(named))?" }
        if let other = hintOfAnother(for: text) { return other }
        let meant =
            Names.nearest(to: text, among: labels.map(\.description))
            ?? Names.nearest(to: text, among: labels.map(\.name)).flatMap { labels(named: $0).first?.description }
        return meant.map { "did you mean `\($0)`?" }
    }

    /// A hint where another shipped taxonomy has a label called `name`, or nil: names changed from version to version.
    func hintOfAnother(for name: String) -> String? {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let other = Taxonomy.all.first { $0 != self && !$0.labels(named: last).isEmpty }
        return other.map { "it is a label of taxonomy \($0.version)" }
    }
}
