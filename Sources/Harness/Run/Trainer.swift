internal import Adapters
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Fits the adapter of a trial to its training rows, scores its test rows, and keeps the record.
struct Trainer {
    let experiment: Experiment
    let images: [SelectedImage]
    let embedded: EmbeddedImages
    private let groups: [Int]

    init(experiment: Experiment, images: [SelectedImage], embedded: EmbeddedImages) {
        self.experiment = experiment
        self.images = images
        self.embedded = embedded
        var numbers: [String: Int] = [:]
        groups = images.map { image in
            let number = numbers[image.record.group] ?? numbers.count
            numbers[image.record.group] = number
            return number
        }
    }

    /// Trains `trial` and writes its record and its log; a trial that cannot be fitted is an answer, not an error.
    func train(_ trial: Trial, into store: TrialStore, journal: Journal) throws -> TrainedTrial {
        let started = Date()
        let record: TrialRecord
        do throws(AdapterError) {
            record = try self.record(of: trial)
        } catch {
            return .failed(
                TrialFailure(id: trial.id, adapter: trial.adapter, repetition: trial.repetition, reason: "\(error)"))
        }
        try store.write(record)
        try store.writeLog(journal.entry(for: trial.id, started: started), id: trial.id)
        return .finished(record)
    }

    /// The record of `trial`: a function of the plan and the embeddings alone.
    func record(of trial: Trial) throws(AdapterError) -> TrialRecord {
        let recipe = experiment.adapters[trial.adapter].recipe
        let parts = parts(of: trial.split)
        var labels: [LabelResult] = []
        for label in experiment.labels { labels.append(try result(of: recipe, label: label, trial: trial)) }
        let entries = zip(images, parts).map { image, part in
            TrialRecord.ImageEntry(
                digest: image.digest, path: image.record.path, group: image.record.group, part: part)
        }
        return TrialRecord(
            id: trial.id, specification: trial.specification, determinants: trial.determinants,
            adapter: recipe.kind.rawValue, repetition: trial.repetition,
            thresholdConfidence: experiment.threshold.confidence, images: entries, labels: labels)
    }

    private func result(of recipe: Recipe, label: Label, trial: Trial) throws(AdapterError) -> LabelResult {
        let truth = images.map { $0.record.annotation.truth(of: label) }
        let training = trial.split.training.filter { truth[$0] != .unknown }
        let test = trial.split.test
        let fit = try recipe.fit(
            rows(training, label: label, truth: truth), threshold: experiment.threshold,
            objective: experiment.objective,
            seed: Seed(experiment.division.seed).derive("folds").derive(trial.repetition))
        var scores = [Float](repeating: .nan, count: images.count)
        for (index, score) in zip(training, fit.outOfFoldScores) { scores[index] = score }
        let tested = fit.head.scores(embeddings: embeddings(test), baseScores: baseScores(test, label: label))
        for (index, score) in zip(test, tested) { scores[index] = score }
        return LabelResult(
            label: label, truth: truth, baseScores: baseScores(Array(images.indices), label: label),
            adapterScores: scores,
            chosen: fit.chosen.map { LabelResult.Hyperparameter(name: $0.name, value: $0.value) },
            head: fit.head.arrays.map { LabelResult.NamedArray(name: $0.name, values: $0.values) })
    }

    // MARK: Rows

    private func rows(_ indices: [Int], label: Label, truth: [Truth]) -> Rows<Training> {
        Rows(
            label: label, embeddings: embeddings(indices), baseScores: baseScores(indices, label: label),
            truth: indices.map { truth[$0] == .present }, groups: indices.map { groups[$0] })
    }

    private func embeddings(_ indices: [Int]) -> Matrix {
        embedded.cached.embeddings.selecting(rows: indices.compactMap { embedded.rows[images[$0].digest] })
    }

    private func baseScores(_ indices: [Int], label: Label) -> [Float] {
        guard let column = experiment.baseModel.taxonomy.labels.firstIndex(of: label) else {
            preconditionFailure("label \(label) is not in taxonomy \(experiment.baseModel.taxonomy.version)")
        }
        return indices.compactMap { embedded.rows[images[$0].digest] }.map { embedded.cached.baseScores[$0, column] }
    }

    private func parts(of split: Split) -> [TrialRecord.SplitPart] {
        var parts = [TrialRecord.SplitPart](repeating: .unused, count: images.count)
        for index in split.training { parts[index] = .training }
        for index in split.test { parts[index] = .test }
        return parts
    }
}
