/// Holm's correction over every test of a comparison: all labels, adapters and kinds of error.
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

    init(_ trials: TrialTable, adapters: [String], level: Double) {
        var significances: [Cell: Significance] = [:]
        var tested: [(cell: Cell, test: PairedRepeats.RawTest)] = []
        for cell in Correction.cells(labels: trials.first.labels.count, adapters: adapters) {
            let trials = trials.trials(of: cell.adapter, label: cell.label)
            guard !trials.isEmpty else { continue }
            do throws(PairedRepeats.Undefined) {
                tested.append((cell, try PairedRepeats(trials, kind: cell.kind).test()))
            } catch {
                significances[cell] = .untested(error.reason)
            }
        }
        let adjusted = Holm.adjusted(tested.map(\.test.pValue))
        for ((cell, test), adjusted) in zip(tested, adjusted) {
            significances[cell] = .tested(
                Significance.Tested(method: test.method, pValue: test.pValue, adjustedPValue: adjusted))
        }
        self.level = level
        self.tests = tested.count
        self.significances = significances
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
