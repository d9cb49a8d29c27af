internal import Evaluation
internal import Moderation

extension Report {
    /// The files of the learning curves by name: `curves.csv` and a `curve-LABEL.svg` for each label; none without curves.
    public static func curveFiles(_ input: ReportInput) -> [(name: String, text: String)] {
        guard !input.curves.isEmpty else { return [] }
        let figures = CurveFile.all(input).map { file in
            let figure = CurveFigure(file.curves, adapters: input.adapters.map(\.name), name: file.name)
            return ("\(file.name).svg", figure.svg)
        }
        return [("curves.csv", curvesCSV(input))] + figures
    }

    /// One row per split, label, adapter and size, at full precision (RFC 4180).
    private static func curvesCSV(_ input: ReportInput) -> String {
        csv(
            input.curves.flatMap { curve in
                curve.adapters.flatMap { adapter in
                    adapter.points.indices.map { row(curve, adapter, $0) }
                }
            })
    }

    private static func row(_ curve: LearningCurve, _ adapter: AdapterCurve, _ index: Int) -> [CSVRow.Field] {
        let point = adapter.points[index]
        let amount = { (count: Int?) in count.map { "\($0)" } ?? "all" }
        let identity: [CSVRow.Field] = [
            ("split", curve.split), ("label", curve.label.description), ("adapter", adapter.adapter),
            ("requested_positives", amount(point.requested.positives)),
            ("requested_negatives", amount(point.requested.negatives)), ("positives", "\(point.positives)"),
            ("negatives", "\(point.negatives)"), ("groups", "\(point.groups)"),
            ("has_all_positives", "\(point.hasAllPositives)"), ("has_all_negatives", "\(point.hasAllNegatives)"),
            ("repeats", "\(point.repeats)"),
        ]
        return identity
            + ErrorKind.allCases.flatMap { kind in
                let needed = adapter.imagesNeeded[kind]
                let fields =
                    CSVRow.estimate("improvement", point.improvement[kind])
                    + CSVRow.estimate("rate_difference", point.rateDifference[kind]) + [
                        ("from_here_above_zero", "\(needed.aboveZero == index)"),
                        ("from_here_harmless", "\(needed.harmless == index)"),
                        ("from_here_most_of_full", "\(needed.mostOfFull == index)"),
                    ]
                return fields.map { ("\(kind.abbreviation.lowercased())_\($0.name)", $0.value) }
            }
    }
}

/// A picture of the curves of one label and the name of its file, without `.svg`.
struct CurveFile {
    let name: String
    let curves: [LearningCurve]

    /// One for each label of `input` that has a curve of two points or more, in the order of labels.
    static func all(_ input: ReportInput) -> [CurveFile] {
        var names = FigureNames("curve")
        return input.comparison.labels.compactMap { label in
            let curves = input.curves.filter { curve in
                curve.label == label.label && curve.adapters.contains { $0.points.count > 1 }
            }
            return curves.isEmpty ? nil : CurveFile(name: names.next(label.label), curves: curves)
        }
    }
}
