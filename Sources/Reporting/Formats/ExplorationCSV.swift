internal import Evaluation
internal import Moderation

extension Report {
    /// What the page lets a reader explore, as data at full precision (RFC 4180): `thresholds.csv`, `precision-recall.csv` and
    /// `reliability.csv`, each with all labels of the main setting.
    public static func explorationFiles(_ input: PageInput) -> [(name: String, text: String)] {
        [
            ("thresholds.csv", input.explorations.rows(thresholds)),
            ("precision-recall.csv", input.explorations.rows(precisionRecall)),
            ("reliability.csv", input.explorations.rows(reliability)),
        ].map { ($0.0, csv($0.1)) }
    }

    /// One row per confidence.
    private static func thresholds(
        _ model: LabelExploration.Model, _ exploration: LabelExploration
    ) -> [[CSVRow.Field]] {
        zip(exploration.confidences, model.points).map { confidence, point in
            let place: [CSVRow.Field] = [
                ("confidence", "\(confidence)"), ("flagged_share", point.flaggedShare.map { "\($0)" } ?? ""),
            ]
            return place
                + ErrorKind.allCases.flatMap { kind in
                    let errors = point.errors[kind]
                    let fields =
                        [
                            ("errors", "\(errors.errors)"), ("fixed", "\(errors.fixed)"),
                            ("broken", "\(errors.broken)"),
                        ] + CSVRow.estimate("improvement", errors.improvement)
                    return fields.map { ("\(kind.abbreviation.lowercased())_\($0.0)", $0.1) }
                }
        }
    }

    /// One row per point that the picture shows.
    private static func precisionRecall(
        _ model: LabelExploration.Model, _ exploration: LabelExploration
    ) -> [[CSVRow.Field]] {
        model.precisionRecall.map { point in
            [
                ("recall", "\(point.recall)"), ("precision", "\(point.precision)"),
                ("average_precision", model.averagePrecision.map { "\($0)" } ?? ""),
            ]
        }
    }

    /// One row per bin.
    private static func reliability(
        _ model: LabelExploration.Model, _ exploration: LabelExploration
    ) -> [[CSVRow.Field]] {
        model.reliability.map { bin in
            [("bin", "\(bin.bin)"), ("mean_confidence", "\(bin.meanConfidence)"), ("tests", "\(bin.tests)")]
                + CSVRow.estimate("share_present", .measured(bin.sharePresent)) + [
                    ("expected_calibration_error", model.expectedCalibrationError.map { "\($0)" } ?? "")
                ]
        }
    }
}

extension [LabelExploration] {
    /// The rows of every model of every label, each beginning with whose they are.
    fileprivate func rows(
        _ rows: (LabelExploration.Model, LabelExploration) -> [[CSVRow.Field]]
    ) -> [[CSVRow.Field]] {
        flatMap { exploration in
            exploration.models.flatMap { model in
                rows(model, exploration).map { fields in
                    [
                        ("label", exploration.label.description), ("row", model.adapter == nil ? "base" : "adapter"),
                        ("adapter", model.adapter ?? ""),
                    ] + fields
                }
            }
        }
    }
}
