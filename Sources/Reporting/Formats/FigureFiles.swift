internal import Evaluation
internal import Moderation

/// A picture of one label, which is a file beside the report and stands in the page as well.
struct FigureFile {
    /// The name of the file.
    var name: String { "\(stem).svg" }
    let label: Label
    let svg: String

    private let stem: String

    /// The figures of false negatives against false positives, in the order of labels; none for a label whose test images
    /// cannot show both.
    static func planes(_ input: ReportInput) -> [FigureFile] {
        all("plane", input.comparison.labels, label: \.label) { label, name in
            PlaneFigure(label, thresholdConfidence: input.comparison.thresholdConfidence, name: name)?.svg
        }
    }

    /// The figures of precision and recall, in the order of labels; none for a label that no test image has.
    static func precisionRecall(_ input: PageInput) -> [FigureFile] {
        all("precision-recall", input.explorations, label: \.label) { exploration, name in
            input.report.comparison.labels.first { $0.label == exploration.label }.flatMap { comparison in
                PrecisionRecallFigure(
                    exploration, comparison, thresholdConfidence: input.report.comparison.thresholdConfidence,
                    name: name)?.svg
            }
        }
    }

    /// The figures of reliability, in the order of labels; none for a label without a test image.
    static func reliability(_ input: PageInput) -> [FigureFile] {
        all("reliability", input.explorations, label: \.label) { exploration, name in
            ReliabilityFigure(exploration, repeats: input.report.comparison.repeats, name: name)?.svg
        }
    }

    private static func all<Subject>(
        _ prefix: String, _ subjects: [Subject], label: (Subject) -> Label, _ draw: (Subject, String) -> String?
    ) -> [FigureFile] {
        var names = FigureNames(prefix)
        return subjects.compactMap { subject in
            let label = label(subject)
            let name = names.next(label)
            return draw(subject, name).map { FigureFile(label: label, svg: $0, stem: name) }
        }
    }

    private init(label: Label, svg: String, stem: String) {
        self.label = label
        self.svg = svg
        self.stem = stem
    }
}
