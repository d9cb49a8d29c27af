internal import BaseModel
public import Evaluation
public import Foundation
public import Moderation
internal import Store

/// The baseline of an experiment as a file: JSON with sorted keys, a line for each image.
public struct BaselineFile {
    private let experiment: Experiment
    private let file: URL

    /// The baseline of `experiment` in `file`, or in its own place.
    public init(_ experiment: Experiment, file: URL? = nil) {
        self.experiment = experiment
        self.file = file ?? experiment.baselineFile
    }

    /// The file, as a person is told of it.
    public var name: String { TextFile.name(of: file) }

    /// The baseline in the file.
    ///
    /// - Throws: `Findings` where there is none, or something else.
    public func read() throws(Findings) -> Baseline {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw Findings([
                Finding(
                    "there is no baseline at \(name)",
                    hint: "`moderato baseline update \(experiment.file)` writes it, to be committed")
            ])
        }
        let text = try TextFile.read(file)
        do {
            return try JSONDecoder().decode(Baseline.self, from: Data(text.utf8))
        } catch {
            throw Findings([
                Finding(
                    "this is no baseline that this version reads", at: Place(file: name, line: 0),
                    hint: experiment.baselineHint)
            ])
        }
    }

    /// The baseline that the records of `outcome` make, of all that the gate speaks of.
    ///
    /// - Throws: `Findings` where there is no gate, ``GateProblem`` where trials are missing.
    public func made(from outcome: RunOutcome) throws -> Baseline {
        try experiment.checkGate()
        let subjects = Set(experiment.gate.map(\.subject)).sorted()
        let about = Baseline.About(
            experiment: experiment.name, project: experiment.project, baseModel: experiment.baseModel.digest,
            threshold: experiment.threshold.confidence)
        return Baseline(about, try subjects.map { try outcome.entry($0, of: experiment) })
    }

    /// Writes `baseline`, unless it stands there already.
    ///
    /// - Returns: whether it was written.
    public func write(_ baseline: Baseline) throws -> Bool {
        guard try !holds(baseline) else { return false }
        // What a process that was killed just here left is not to be committed with the baseline.
        try AtomicFile.sweep(for: file)
        try AtomicFile.write(baseline.jsonFile(), to: file)
        return true
    }

    /// Whether the file is `baseline`, byte for byte.
    public func holds(_ baseline: Baseline) throws -> Bool {
        try baseline.jsonFile() == FileManager.default.contents(atPath: file.path)
    }
}

extension Experiment {
    /// Where its baseline is committed: `baselines` beside its file.
    public var baselineFile: URL {
        location.deletingLastPathComponent().appending(path: "baselines/\(name).json")
    }

    /// Checks that there is a gate at all.
    ///
    /// - Throws: `Findings` where there is none.
    public func checkGate() throws(Findings) {
        guard gate.isEmpty else { return }
        throw Findings([
            Finding(
                "the experiment has no gate", at: Place(file: file, line: 0),
                hint: "add `gate:` with a rule such as `- {metric: false_negatives, not_worse_than_baseline_by: 0.02}`")
        ])
    }
}
