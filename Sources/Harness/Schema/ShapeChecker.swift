internal import Moderation

/// Holds a value against a shape and collects everything that does not fit.
struct ShapeChecker {
    private(set) var findings: [Finding] = []

    /// Checks the `value` under the key `name` against `shape`.
    mutating func check(_ value: YAMLValue, _ shape: Shape, name: String) {
        switch shape {
        case .text: require(value.text?.isEmpty == false, value, shape, name)
        case .name: require(value.text.map(ShapeChecker.isName) ?? false, value, shape, name)
        case .word(let words): checkWord(value, words, shape, name)
        case .integer(let range): require(value.integer.map(range.contains) ?? false, value, shape, name)
        case .number(let range): require(value.number.map(range.contains) ?? false, value, shape, name)
        case .boolean: require(value.boolean != nil, value, shape, name)
        case .list(let element): checkList(value, element, shape, name)
        case .oneOrMore(let element): checkOneOrMore(value, element, shape, name)
        case .mapping(let keys): checkMapping(value, keys, shape, name)
        case .table(_, let element): checkTable(value, element, shape, name)
        case .tagged(let key, let variants): checkTagged(value, key, variants, shape, name)
        case .either(let shapes): checkEither(value, shapes, shape, name)
        }
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= Shape.longestName && text.first != "." && text.first != "-"
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0))
            }
    }

    private mutating func require(_ fits: Bool, _ value: YAMLValue, _ shape: Shape, _ name: String) {
        if !fits { report(value, shape, name) }
    }

    private mutating func report(_ value: YAMLValue, _ shape: Shape, _ name: String, hint: String? = nil) {
        let subject = name.isEmpty ? "the file" : "`\(name)`"
        findings.append(Finding("\(subject) is \(shape.phrase), given \(value.given)", at: value.place, hint: hint))
    }

    private mutating func checkWord(_ value: YAMLValue, _ words: [String], _ shape: Shape, _ name: String) {
        guard let text = value.text else { return report(value, shape, name) }
        if !words.contains(text) { report(value, shape, name, hint: Names.hint(for: text, among: words)) }
    }

    private mutating func checkList(_ value: YAMLValue, _ element: Shape, _ shape: Shape, _ name: String) {
        guard case .list(let elements) = value.content, !elements.isEmpty else { return report(value, shape, name) }
        for value in elements { check(value, element, name: name) }
    }

    private mutating func checkOneOrMore(_ value: YAMLValue, _ element: Shape, _ shape: Shape, _ name: String) {
        if case .list(let elements) = value.content {
            if elements.isEmpty { report(value, shape, name) }
            for value in elements { check(value, element, name: name) }
        } else {
            check(value, element, name: name)
        }
    }

    private mutating func checkMapping(_ value: YAMLValue, _ keys: [Shape.Key], _ shape: Shape, _ name: String) {
        guard case .mapping(let entries) = value.content else { return report(value, shape, name) }
        let missing = keys.filter { $0.isRequired && value[$0.name] == nil }
        let misnamed = misnamed(entries, keys, missing: missing)
        for entry in entries {
            if let key = keys.first(where: { $0.name == entry.key }) {
                check(entry.value, key.shape, name: key.name)
            } else {
                reportUnknown(entry, keys, name, meant: misnamed)
            }
        }
        if misnamed == nil {
            for key in missing { reportMissing(key, value, name) }
        }
    }

    /// The one missing key, where the one unknown key of `entries` was probably meant to be it: its name is near or its
    /// value fits, so that to report both would be to say one thing twice.
    private func misnamed(_ entries: [YAMLValue.Entry], _ keys: [Shape.Key], missing: [Shape.Key]) -> Shape.Key? {
        let names = keys.map(\.name)
        let unknown = entries.filter { !names.contains($0.key) }
        guard unknown.count == 1, missing.count == 1 else { return nil }
        if let nearest = Names.nearest(to: unknown[0].key, among: names) {
            return nearest == missing[0].name ? missing[0] : nil
        }
        var checker = ShapeChecker()
        checker.check(unknown[0].value, missing[0].shape, name: missing[0].name)
        return checker.findings.isEmpty ? missing[0] : nil
    }

    private mutating func reportUnknown(
        _ entry: YAMLValue.Entry, _ keys: [Shape.Key], _ name: String, meant key: Shape.Key?
    ) {
        let names = keys.map(\.name)
        findings.append(
            Finding(
                "unknown key `\(entry.key)`\(within(name)); allowed are \(Names.list(names))", at: entry.place,
                hint: Names.hint(for: entry.key, among: names)
                    ?? key.map { "`\($0.name)` is missing: \($0.summary)" }))
    }

    private mutating func reportMissing(_ key: Shape.Key, _ value: YAMLValue, _ name: String) {
        findings.append(
            Finding(
                "the key `\(key.name)` is missing\(within(name))", at: value.place,
                hint: "`\(key.name)`: \(key.summary)"))
    }

    private mutating func checkTable(_ value: YAMLValue, _ element: Shape, _ shape: Shape, _ name: String) {
        guard case .mapping(let entries) = value.content, !entries.isEmpty else { return report(value, shape, name) }
        for entry in entries { check(entry.value, element, name: entry.key) }
    }

    private mutating func checkTagged(
        _ value: YAMLValue, _ key: Shape.Key, _ variants: [Shape.Variant], _ shape: Shape, _ name: String
    ) {
        guard case .mapping = value.content else { return report(value, shape, name) }
        // Which other keys are right, only the tag would say.
        guard let tag = value[key.name] else { return reportMissing(key, value, name) }
        guard let variant = variants.first(where: { $0.tag == tag.text }) else {
            return checkWord(tag, variants.map(\.tag), .word(variants.map(\.tag)), key.name)
        }
        checkMapping(value, [key] + variant.keys, shape, name)
    }

    /// Reports against the alternative that was probably meant: for a mapping or a list the one of its kind with fewest
    /// findings, else all.
    private mutating func checkEither(_ value: YAMLValue, _ shapes: [Shape], _ shape: Shape, _ name: String) {
        var attempts: [[Finding]] = []
        for alternative in shapes {
            var checker = ShapeChecker()
            checker.check(value, alternative, name: name)
            if checker.findings.isEmpty { return }
            attempts.append(checker.findings)
        }
        let alike = zip(shapes, attempts).filter { $0.0.isLike(value) }.map(\.1)
        if let nearest = alike.min(by: { $0.count < $1.count }) {
            findings += nearest
        } else {
            report(value, shape, name, hint: value.text.flatMap { Names.hint(for: $0, among: shapes.flatMap(\.words)) })
        }
    }

    private func within(_ name: String) -> String { name.isEmpty ? "" : " in `\(name)`" }
}

extension Shape {
    /// Whether values of this shape and `value` are both mappings or both lists.
    fileprivate func isLike(_ value: YAMLValue) -> Bool {
        switch (self, value.content) {
        case (.mapping, .mapping), (.table, .mapping), (.tagged, .mapping), (.list, .list): true
        default: false
        }
    }
}

extension Shape {
    /// The words that the shape is one of.
    fileprivate var words: [String] {
        if case .word(let words) = self { words } else { [] }
    }
}
