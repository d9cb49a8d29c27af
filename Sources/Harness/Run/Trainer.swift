internal import Adapters
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Fits the adapter of a trial to its training rows, scores its test rows, and keeps the record.
struct Trainer {
    private let experiment: Experiment
    private let images: [SelectedImage]
    /// `[images x dimensions]`, in the order of `images`.
    private let embeddings: Matrix
    /// Of each target label: what is known of it and the base scores, one per image.
    private let targets: [Target]
    /// The group of each image, as a number.
    private let groups: [Int]

    private struct Target {
        let label: Label
        let truth: [Truth]
        let baseScores: [Float]
    }

    init(experiment: Experiment, images: [SelectedImage], embedded: EmbeddedImages) {
        let rows = images.map { image in
            guard let row = embedded.rows[image.digest] else {
                preconditionFailure("image \(image.record.path) is one of \(images.count), but has no embedding")
            }
            return row
        }
        self.experiment = experiment
        self.images = images
        embeddings = embedded.cached.embeddings.selecting(rows: rows)
        targets = experiment.labels.map { label in
            guard let column = experiment.baseModel.taxonomy.labels.firstIndex(of: label) else {
                preconditionFailure("label \(label) is not in taxonomy \(experiment.baseModel.taxonomy.version)")
            }
            return Target(
                label: label, truth: images.map { $0.record.annotation.truth(of: label) },
                baseScores: rows.map { embedded.cached.baseScores[$0, column] })
        }
        var numbers: [String: Int] = [:]
        groups = images.map { image in
            let number = numbers[image.record.group] ?? numbers.count
            numbers[image.record.group] = number
            return number
        }
    }

    /// Identity of the numbers that training starts from: equal only where every bit of the embeddings is.
    var embeddingsDigest: Digest {
        embeddings.storage.withUnsafeBytes { Digest(of: $0) }
    }

    /// Trains `trial` and writes its record and its log; a trial that cannot be fitted is an answer, not an error.
    func train(_ trial: Trial, into store: TrialStore, journal: Journal) throws -> TrainedTrial {
        let started = ContinuousClock.now
        let record: TrialRecord
        do throws(AdapterError) {
            record = try self.record(of: trial)
        } catch {
            return .failed(TrialFailure(id: trial.id, reason: "\(error)"))
        }
        try store.write(record)
        try store.writeLog(journal.entry(for: trial.id, took: ContinuousClock.now - started), id: trial.id)
        return .finished(record)
    }

    /// The record of `trial`: a function of the plan and the embeddings alone.
    private func record(of trial: Trial) throws(AdapterError) -> TrialRecord {
        let recipe = experiment.adapters[trial.adapter].recipe
        var labels: [LabelResult] = []
        for (target, training) in zip(targets, trial.training) {
            labels.append(try result(of: recipe, target, training: training, trial))
        }
        let entries = zip(images, parts(of: trial.split)).map { image, part in
            TrialRecord.ImageEntry(
                digest: image.digest, path: image.record.path, group: image.record.group, part: part)
        }
        return TrialRecord(
            id: trial.id, specification: trial.specification, determinants: trial.determinants,
            adapter: recipe.kind.rawValue, repetition: trial.repetition,
            thresholdConfidence: experiment.threshold.confidence, images: entries, labels: labels)
    }

    private func result(
        of recipe: Recipe, _ target: Target, training: Indices<Training>, _ trial: Trial
    ) throws(AdapterError) -> LabelResult {
        let test = trial.split.test.filter { target.truth[$0] != .unknown }
        let fit = try recipe.fit(
            rows(training, target), threshold: experiment.threshold, objective: experiment.objective,
            seed: Seed(experiment.settings[trial.setting].division.seed).derive("folds").derive(trial.repetition))
        var scores = [Float](repeating: .nan, count: images.count)
        for (index, score) in zip(training.values, fit.outOfFoldScores) { scores[index] = score }
        for (index, score) in zip(test.values, fit.head.scores(rows(test, target))) { scores[index] = score }
        return LabelResult(
            label: target.label, truth: target.truth, baseScores: target.baseScores, adapterScores: scores,
            chosen: fit.chosen.map { LabelResult.Hyperparameter(name: $0.name, value: $0.value) },
            head: fit.head.arrays.map { LabelResult.NamedArray(name: $0.name, values: $0.values) },
            calibration: fit.calibration.map { training.values[$0] })
    }

    /// The rows of one part: the part's type goes from the indices to the rows.
    private func rows<P>(_ part: Indices<P>, _ target: Target) -> Rows<P> {
        Rows(
            label: target.label, embeddings: embeddings.selecting(rows: part.values),
            baseScores: part.values.map { target.baseScores[$0] },
            truth: part.values.map { target.truth[$0] == .present }, groups: part.values.map { groups[$0] })
    }

    private func parts(of split: Split) -> [TrialRecord.SplitPart] {
        var parts = [TrialRecord.SplitPart](repeating: .unused, count: images.count)
        for index in split.training.values { parts[index] = .training }
        for index in split.test.values { parts[index] = .test }
        return parts
    }
}
