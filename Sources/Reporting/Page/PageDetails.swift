internal import Evaluation
internal import Moderation

/// Composition, agreement, recipes and changed images of each label of the main setting.
enum PageDetails {
    static func section(_ input: ReportInput) -> PageSection {
        let setting = input.settings[0]
        let labels = setting.comparison.labels.map { label in
            let content = HTMLDocument().html(LabelSection.composition(label, setting, input))
            return setting.comparison.labels.count > 1
                ? HTMLDocument.folded(.element("h3", [:], HTML("\(label.label)")), content) : content
        }
        let split: Inline = input.settings.count > 1 ? "Details of the split " + .code(setting.name) : "Details"
        return PageSection("details", split, name: "Details", .joined(labels, separator: "\n"))
    }
}
