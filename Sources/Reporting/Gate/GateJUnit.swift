extension Report {
    /// A gate as JUnit XML, as Jenkins, GitLab and GitHub actions read it: a suite for the experiment, a case for each rule;
    /// `failure` for fail, `error` for what has no verdict, `skipped` for inconclusive.
    ///
    /// There is no time in it, so that the same gate gives the same bytes.
    public static func junit(_ input: GateInput) -> String {
        let cases =
            input.rules.map { junitCase(GateText($0, in: input), $0, input) }
            + input.problems.map { junitCase($0, input) }
        let counts = [
            ("tests", cases.count), ("failures", input.rules.count { $0.status == .fail }),
            ("errors", input.allProblems.count), ("skipped", input.rules.count { $0.status == .inconclusive }),
        ].map { (name: $0, value: String($1)) }
        let suite = tag("testsuite", [("name", suiteName(input))] + counts, cases)
        let suites = tag("testsuites", [("name", "moderato gate")] + counts.filter { $0.name != "skipped" }, suite)
        return (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"] + suites).joined(separator: "\n") + "\n"
    }

    private static func suiteName(_ input: GateInput) -> String {
        (input.project.map { "\($0)." } ?? "") + input.experiment
    }

    private static func junitCase(_ text: GateText, _ rule: GateInput.Rule, _ input: GateInput) -> [String] {
        let body = ((rule.status == .error ? [] : [text.measured]) + text.remarks + text.images).joined(separator: "\n")
        let outcome: [String] =
            switch rule.status {
            case .pass: ["<system-out>\(body.xml)</system-out>"]
            case .fail: element("failure", text.reason, type: "fail", body)
            case .error: element("error", text.reason, type: "error", body)
            case .inconclusive: ["<skipped message=\"\(text.reason.xml)\"/>", "<system-out>\(body.xml)</system-out>"]
            }
        return tag("testcase", [("classname", suiteName(input)), ("name", text.name)], [outcome])
    }

    private static func junitCase(_ problem: GateInput.Problem, _ input: GateInput) -> [String] {
        let text = (problem.place.map { "\($0): " } ?? "") + problem.message
        return tag(
            "testcase", [("classname", suiteName(input)), ("name", problem.kind.words)],
            [element("error", text.onOneLine, type: problem.kind.rawValue, text)])
    }

    private static func element(_ name: String, _ message: String, type: String, _ body: String) -> [String] {
        ["<\(name) message=\"\(message.xml)\" type=\"\(type)\">\(body.xml)</\(name)>"]
    }

    private static func tag(
        _ name: String, _ attributes: [(name: String, value: String)], _ children: [[String]]
    ) -> [String] {
        tag(name, attributes, children.flatMap { $0 })
    }

    private static func tag(
        _ name: String, _ attributes: [(name: String, value: String)], _ children: [String]
    ) -> [String] {
        let written = attributes.map { " \($0.name)=\"\($0.value.xml)\"" }.joined()
        return ["<\(name)\(written)>"] + children.map { "  \($0)" } + ["</\(name)>"]
    }
}

extension GateInput.Problem.Kind {
    /// What a case is called that is about no rule.
    fileprivate var words: String {
        switch self {
        case .findings: "the experiment can be read"
        case .world: "the run ends"
        case .trials: "every trial can be fitted"
        case .interrupted: "the run is not interrupted"
        }
    }
}

extension String {
    /// The text as XML 1.0 takes it, in attributes and between tags: characters that it forbids are replaced.
    fileprivate var xml: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\n": text += "&#10;"
            case "\t", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"...: text.unicodeScalars.append(scalar)
            default: text += "\u{FFFD}"
            }
        }
    }
}
