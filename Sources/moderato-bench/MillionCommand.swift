internal import Adapters
internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Harness
internal import LinearAlgebra
internal import Moderation
internal import Store

/// `moderato-bench million`: ridge and logistic regression on made-up embeddings that stay in a file.
struct MillionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "million", abstract: "Trains and tests on made-up embeddings in a file; prints times and memory.",
        discussion: "The made-up arrays stay in the folder, for other libraries to do the same.")

    @Option(help: "Number of images.") var rows = 1_000_000
    @Option(help: "Dimensions of an embedding.") var dimensions = 1280
    @Option(help: "Where the arrays are written.") var folder: String
    @Option(help: "Threads that pass over the file.") var threads = Workers.standardCount

    private static let label = Label(path: ["Alcohol"])
    private static let threshold = Threshold(confidence: 50)

    func run() throws {
        let folder = URL(filePath: folder)
        let made = MadeUpEmbeddings(count: rows, dimensions: dimensions)
        let (_, writing) = try timed { try made.write(to: folder) }
        let file = MadeUpEmbeddings.file(in: folder)
        let stored = try EmbeddingFile(reading: file, count: rows, dimensions: dimensions).rows
        let training: Rows<Training> = made.rows(stored, label: Self.label, isTraining: true, threads: threads)
        let test: Rows<Test> = made.rows(stored, label: Self.label, isTraining: false, threads: threads)

        var results: [JSONValue] = []
        for kind in [Recipe.Kind.ridge, .logistic] {
            results.append(try result(of: Recipe(kind), made, training, test))
        }
        print(
            JSONValue.object([
                "rows": .integer(rows), "dimensions": .integer(dimensions), "threads": .integer(threads),
                "writing_seconds": writing, "adapters": .list(results), "peak_bytes": .integer(peakBytes()),
            ]).text())
    }

    private func result(
        of recipe: Recipe, _ made: MadeUpEmbeddings, _ training: Rows<Training>, _ test: Rows<Test>
    ) throws -> JSONValue {
        let (fit, fitting) = try timed { try recipe.fit(training, threshold: Self.threshold, seed: Seed(7)) }
        let (scores, scoring) = try timed { try fit.head.scores(test) }
        let (row, evaluation) = try timed {
            let record = made.record(of: recipe.kind.rawValue, fit, testScores: scores, label: Self.label)
            return try Comparison(records: [record], adapters: [recipe.kind.rawValue]).labels[0].adapters[0]
        }
        let errors = row.errors.falseNegatives
        return .object([
            "adapter": .text(recipe.kind.rawValue), "fitting_seconds": fitting,
            "scoring_seconds": scoring, "evaluation_seconds": evaluation,
            "chosen": .object(Dictionary(uniqueKeysWithValues: fit.chosen.map { ($0.name, .number($0.value)) })),
            "base_misses": .number(errors.cells.baseErrors), "misses": .number(errors.cells.adapterErrors),
            "base_alarms": .number(row.errors.falsePositives.cells.baseErrors),
            "alarms": .number(row.errors.falsePositives.cells.adapterErrors),
            "p_value": errors.significance.tested.map { .number($0.pValue) } ?? .null,
            "head": .text(digest(of: fit.head)), "peak_bytes": .integer(peakBytes()),
        ])
    }

    /// Equal only where every bit of the head is.
    private func digest(of head: Head) -> String {
        Digest(ofFields: head.arrays.flatMap(\.values.storage).map { String($0.bitPattern) }).description
    }

    private func timed<Result>(_ body: () throws -> Result) rethrows -> (result: Result, seconds: JSONValue) {
        let (started, cpuBefore) = (ContinuousClock.now, cpuSeconds())
        let result = try body()
        let wall = (ContinuousClock.now - started) / .seconds(1)
        return (result, .object(["wall": .number(wall), "cpu": .number(cpuSeconds() - cpuBefore)]))
    }

    /// What all threads of this process have computed, and the system for them.
    private func cpuSeconds() -> Double {
        let usage = usage()
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// The most memory that this process has held at once.
    private func peakBytes() -> Int { usage().ru_maxrss * 1024 }

    private func usage() -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }
}

extension MadeUpEmbeddings {
    /// The record of a trial, test images with `testScores`, in their order.
    fileprivate func record(of adapter: String, _ fit: Fit, testScores: [Float], label: Label) -> TrialRecord {
        var (training, test) = (fit.outOfFoldScores[...], testScores[...])
        let scores = isTraining.map { $0 ? training.removeFirst() : test.removeFirst() }
        let images = groups.indices.map { image in
            TrialRecord.ImageEntry(digest: Digest(of: "\(image)"), path: "\(image)", group: "\(groups[image])")
        }
        let result = LabelResult(
            label: label, truth: truth.map { $0 ? .present : .absent }, baseScores: baseScores, adapterScores: scores,
            chosen: fit.chosen.map { LabelResult.Hyperparameter(name: $0.name, value: $0.value) },
            head: fit.head.arrays.map { LabelResult.NamedArray(name: $0.name, values: $0.values) })
        return TrialRecord(
            id: Digest(of: adapter), specification: "", determinants: [], adapter: adapter, repetition: 0,
            thresholdConfidence: 50, images: images,
            parts: isTraining.map { $0 ? .training : .test }, labels: [result])
    }
}
