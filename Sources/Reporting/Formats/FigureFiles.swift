internal import Evaluation
internal import Moderation

extension Report {
    /// The figures of every label of the main setting, by the name of the file that stands beside the report.
    public static func figureFiles(_ input: PageInput) -> [(name: String, text: String)] {
        FigureFile.all(input).map { ("\($0.name).svg", $0.svg) }
    }
}

/// A picture of one label, which is a file beside the report and stands in the page as well.
struct FigureFile {
    let label: Label
    let kind: Kind
    /// The name of the file without `.svg`, which no other figure has: ids within the figure begin with it.
    let name: String
    let svg: String

    /// What a figure shows.
    enum Kind: String, CaseIterable {
        case plane, precisionRecall = "precision-recall", reliability

        /// What a reader calls it.
        var title: String {
            switch self {
            case .plane: "False negatives against false positives"
            case .precisionRecall: "Precision against recall"
            case .reliability: "Reliability of confidence"
            }
        }

        /// Whether the test images of `label` can show it.
        func isDrawn(_ label: LabelComparison) -> Bool {
            switch self {
            case .plane: ErrorKind.allCases.allSatisfy { label.base.errors[$0].images > 0 }
            case .precisionRecall: label.base.errors.falseNegatives.images > 0
            case .reliability: label.base.images > 0
            }
        }
    }

    /// All figures of `input`, those of one label in the order of ``Kind``.
    static func all(_ input: PageInput) -> [FigureFile] {
        let figures = [planes(input.report), precisionRecall(input), reliability(input)].joined()
        return input.report.comparison.labels.flatMap { label in figures.filter { $0.label == label.label } }
    }

    /// The figures of false negatives against false positives, in the order of labels.
    static func planes(_ input: ReportInput) -> [FigureFile] {
        all(.plane, input) { label, name in
            PlaneFigure(label, thresholdConfidence: input.comparison.thresholdConfidence, name: name)?.svg
        }
    }

    /// The figures of precision and recall, in the order of labels.
    static func precisionRecall(_ input: PageInput) -> [FigureFile] {
        all(.precisionRecall, input.report) { label, name in
            input.exploration(of: label).flatMap { exploration in
                PrecisionRecallFigure(
                    exploration, label, thresholdConfidence: input.report.comparison.thresholdConfidence, name: name)?
                    .svg
            }
        }
    }

    /// The figures of reliability, in the order of labels.
    static func reliability(_ input: PageInput) -> [FigureFile] {
        all(.reliability, input.report) { label, name in
            input.exploration(of: label).flatMap { exploration in
                ReliabilityFigure(exploration, repeats: label.base.repeats, name: name)?.svg
            }
        }
    }

    private static func all(
        _ kind: Kind, _ input: ReportInput, _ draw: (LabelComparison, String) -> String?
    ) -> [FigureFile] {
        input.comparison.labels.compactMap { label in
            guard let name = names(of: label, in: input).first(where: { $0.kind == kind })?.name else { return nil }
            return draw(label, name).map { FigureFile(label: label.label, kind: kind, name: name, svg: $0) }
        }
    }

    /// The names of the figures of `label`.
    static func names(of label: LabelComparison, in input: ReportInput) -> [(kind: Kind, name: String)] {
        Kind.allCases.filter { $0.isDrawn(label) }.map { kind in
            var names = FigureNames(kind.rawValue)
            let all = input.comparison.labels.map { (label: $0.label, name: names.next($0.label)) }
            guard let name = all.first(where: { $0.label == label.label })?.name else {
                preconditionFailure("\(label.label) is none of the report's labels")
            }
            return (kind, name)
        }
    }
}

extension PageInput {
    fileprivate func exploration(of label: LabelComparison) -> LabelExploration? {
        explorations.first { $0.label == label.label }
    }
}
