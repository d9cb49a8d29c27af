internal import Evaluation
internal import Moderation

extension Report {
    /// `still-wrong.csv`: one row per label, adapter and image of the main split that it is wrong about in at least half of the
    /// image's tests, with the number of tests in which adapter and base model are wrong (RFC 4180); `nil` where there is
    /// none.
    public static func stillWrongCSV(_ input: ReportInput) -> String? {
        let rows = input.settings.flatMap { setting in
            setting.comparison.labels.flatMap { label in
                label.adapters.flatMap { stillWrong($0, label, setting) }
            }
        }
        return rows.isEmpty ? nil : csv(rows)
    }

    private static func stillWrong(
        _ row: AdapterRow, _ label: LabelComparison, _ setting: ReportInput.Setting
    ) -> [[CSVRow.Field]] {
        ErrorKind.allCases.flatMap { kind in
            row.imageTests[kind].rows.filter(\.isMostlyWrong).map { tests in
                let image = setting.comparison.images[tests.image]
                return [
                    ("split", setting.name), ("label", label.label.description), ("adapter", row.adapter),
                    ("kind", kind.rawValue), ("group", image.group), ("image", image.path),
                    ("tested", "\(tests.counts.images)"), ("wrong", "\(tests.counts.adapterErrors)"),
                    ("base_wrong", "\(tests.counts.baseErrors)"),
                ]
            }
        }
    }
}
