/// Holm's correction over every test of a report: all settings, labels, adapters and kinds of error.
struct Correction {
    /// The chance of any false claim in the whole table.
    let level: Double
    /// Number of tests.
    let tests: Int

    private let significances: [Cell: Significance]

    private struct Cell: Hashable {
        let label: Int
        let adapter: String
        let kind: ErrorKind
    }

    /// The level of a single test at the strictest step of the correction.
    var strictestLevel: Double { level / Double(max(1, tests)) }

    /// One correction for each of `tables`, all of whose tests it ranges over.
    static func sideBySide(_ tables: [TrialTable], adapters: [String], level: Double) -> [Correction] {
        let tests = tables.map { Correction.tests(of: $0, adapters: adapters) }
        let tested = tests.flatMap { $0.compactMap { try? $0.test.get() } }
        var adjusted = Holm.adjusted(tested.map(\.pValue))[...]
        return tests.map { tests in
            let significances = tests.map { cell, test -> (Cell, Significance) in
                switch test {
                case .failure(let undefined): return (cell, .untested(undefined.reason))
                case .success(let test):
                    let adjusted = adjusted.removeFirst()
                    return (cell, .tested(.init(method: test.method, pValue: test.pValue, adjustedPValue: adjusted)))
                }
            }
            return Correction(
                level: level, tests: tested.count,
                significances: Dictionary(significances) { first, _ in first })
        }
    }

    private typealias Test = (cell: Cell, test: Result<PairedRepeats.RawTest, PairedRepeats.Undefined>)

    /// The test of every cell of `trials`, or why there is none.
    private static func tests(of trials: TrialTable, adapters: [String]) -> [Test] {
        cells(labels: trials.first.labels.count, adapters: adapters).compactMap { cell in
            let trials = trials.trials(of: cell.adapter, label: cell.label)
            guard !trials.isEmpty else { return nil }
            let repeats = PairedRepeats(trials, kind: cell.kind)
            return (cell, Result { () throws(PairedRepeats.Undefined) in try repeats.test() })
        }
    }

    /// What the test of one cell of the table said.
    func significance(label: Int, adapter: String, kind: ErrorKind) -> Significance {
        guard let significance = significances[Cell(label: label, adapter: adapter, kind: kind)] else {
            preconditionFailure("no test of adapter \(adapter) on label \(label) of \(significances.count) tests")
        }
        return significance
    }

    private static func cells(labels: Int, adapters: [String]) -> [Cell] {
        (0..<labels).flatMap { label in
            adapters.flatMap { adapter in
                ErrorKind.allCases.map { Cell(label: label, adapter: adapter, kind: $0) }
            }
        }
    }
}
