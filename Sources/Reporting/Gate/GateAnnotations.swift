internal import Moderation

extension Report {
    /// A gate as GitHub's workflow commands: an annotation of the experiment file for each rule that does not pass, and a
    /// notice with the sum.
    public static func annotations(_ input: GateInput) -> String {
        let rules = input.rules.compactMap { rule -> String? in
            let text = GateText(rule, in: input)
            guard let command = rule.status.command else { return nil }
            let message =
                [text.measured == "—" ? text.reason : "\(text.measured): \(text.reason)"]
                + text.remarks.dropFirst() + text.images
            return annotation(
                command, at: place(of: rule), title: "\(rule.status.rawValue): \(text.name)",
                message.joined(separator: "\n"))
        }
        let problems = input.problems.map { annotation("error", at: $0.place, title: "error", $0.message) }
        let sum = annotation("notice", at: nil, title: "gate of \(input.experiment)", summary(input))
        return (rules + problems + [sum]).joined(separator: "\n") + "\n"
    }

    /// Where a rule is annotated: where the user wrote what is wrong, if anything is.
    private static func place(of rule: GateInput.Rule) -> Place {
        if case .problem(let problem) = rule.result { problem.place ?? rule.place } else { rule.place }
    }

    private static func annotation(_ command: String, at place: Place?, title: String, _ message: String) -> String {
        let position = place.map { place in
            [("file", place.file)]
                + (place.line > 0 ? [("line", "\(place.line)"), ("col", "\(place.column)")] : [])
        }
        let properties = ((position ?? []) + [("title", title)]).map { "\($0)=\($1.workflowProperty)" }
        return "::\(command) \(properties.joined(separator: ","))::\(message.workflowData)"
    }
}

extension GateStatus {
    /// GitHub's command for it; none of what passes.
    fileprivate var command: String? {
        switch self {
        case .pass: nil
        case .inconclusive: "warning"
        case .fail, .error: "error"
        }
    }
}

extension String {
    /// The text as the message of a workflow command (actions/toolkit, `escapeData`).
    fileprivate var workflowData: String {
        replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D")
            .replacing("\n", with: "%0A")
    }

    /// The text as a property of a workflow command (actions/toolkit, `escapeProperty`).
    fileprivate var workflowProperty: String {
        workflowData.replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
