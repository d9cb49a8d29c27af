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
    /// The images as every record lists them.
    private let entries: [TrialRecord.ImageEntry]
    /// What adapters learn from: the base model's own embeddings, then the others.
    private let sources: [Source]
    /// Of each adapter, the place of what it learns from.
    private let sourceOfAdapter: [Int]
    /// Of each target label: what is known of it and the base scores, one per image.
    private let targets: [Target]
    /// Of each setting: the unit of each image, as a number, that its split and its folds never tear apart.
    private let units: [[Int]]

    fileprivate struct Target {
        let label: Label
        let truth: [Truth]
        let baseScores: [Float]
    }

    init(
        experiment: Experiment, images: [SelectedImage], background: [SelectedImage], embedded: EmbeddedImages
    ) {
        let rows = embedded.plain.rows(of: images)
        self.experiment = experiment
        self.images = images
        entries = images.map { .init(digest: $0.digest, path: $0.record.path, group: $0.record.group) }
        let embeddings = [nil] + experiment.embeddings.map(Optional.some)
        sources = embeddings.map { Source(embedded[$0], of: images, background: background) }
        sourceOfAdapter = experiment.adapters.map { embeddings.firstIndex(of: $0.embedding) ?? 0 }
        targets = experiment.labels.map { label in
            guard let column = experiment.baseModel.taxonomy.labels.firstIndex(of: label) else {
                preconditionFailure("label \(label) is not in taxonomy \(experiment.baseModel.taxonomy.version)")
            }
            return Target(
                label: label, truth: images.map { $0.record.annotation.truth(of: label) },
                baseScores: rows.map { embedded.plain.cached.baseScores[$0, column] })
        }
        units = experiment.settings.map { $0.division.units(of: images) }
    }

    /// What the trials on the division of `trial` share.
    func sets(for trial: Trial) -> DivisionSets {
        DivisionSets(sources: sources, units: units[trial.setting])
    }

    /// Trains `trial`, writes its record and a line of the run's log; a trial that cannot be fitted is an answer, not an error.
    func train(
        _ trial: Trial, sharing sets: DivisionSets, into store: TrialStore, journal: Journal
    ) throws -> TrainedTrial {
        let started = ContinuousClock.now
        let record: TrialRecord
        do throws(AdapterError) {
            record = try self.record(of: trial, sharing: sets)
        } catch {
            let failure = FailedTrial(
                id: trial.id, adapter: experiment.adapters[trial.adapter].recipe.kind.rawValue,
                repetition: trial.repetition, reason: "\(error)")
            try store.writeFailure(failure)
            return .failed(TrialFailure(id: trial.id, reason: failure.reason))
        }
        try store.write(record)
        try journal.add(
            trial.id, embeddings: sources[source(of: trial)].digest, took: ContinuousClock.now - started)
        return .finished(record)
    }

    /// The record of `trial`: a function of the plan and the embeddings alone.
    func record(of trial: Trial, sharing sets: DivisionSets) throws(AdapterError) -> TrialRecord {
        let recipe = experiment.adapters[trial.adapter].recipe
        let source = source(of: trial)
        let fits = try recipe.fit(
            zip(targets, trial.training).map { $0.rows($1, sets.training($1, source: source)) },
            threshold: experiment.threshold, objective: experiment.objective,
            seed: Seed(experiment.settings[trial.setting].division.seed).derive("folds").derive(trial.repetition))
        var labels: [LabelResult] = []
        for (fit, label) in zip(fits, zip(targets, trial.training)) {
            labels.append(try result(of: fit, label.0, training: label.1, trial, sets))
        }
        return TrialRecord(
            id: trial.id, specification: trial.specification, determinants: trial.determinants,
            adapter: recipe.kind.rawValue, repetition: trial.repetition,
            thresholdConfidence: experiment.threshold.confidence, images: entries,
            parts: trial.split.parts(of: images.count), labels: labels)
    }

    private func result(
        of fit: Fit, _ target: Target, training: Indices<Training>, _ trial: Trial, _ sets: DivisionSets
    ) throws(AdapterError) -> LabelResult {
        let test = trial.split.test.filter { target.truth[$0] != .unknown }
        let source = source(of: trial)
        var scores = [Float](repeating: .nan, count: images.count)
        for (index, score) in zip(training.values, fit.outOfFoldScores) { scores[index] = score }
        let testScores = try fit.head.scores(target.rows(test, sets.test(test, source: source)))
        for (index, score) in zip(test.values, testScores) { scores[index] = score }
        return LabelResult(
            label: target.label, truth: target.truth, baseScores: target.baseScores, adapterScores: scores,
            chosen: fit.chosen.map { LabelResult.Hyperparameter(name: $0.name, value: $0.value) },
            choice: fit.choice.map { LabelResult.Choice(adapter: $0.adapter.rawValue, reason: $0.reason) },
            head: fit.head.arrays.map { LabelResult.NamedArray(name: $0.name, values: $0.values) },
            calibration: fit.calibration.map { training.values[$0] })
    }

    /// The place of what the adapter of `trial` learns from.
    private func source(of trial: Trial) -> Int { sourceOfAdapter[trial.adapter] }
}

extension Trainer.Target {
    /// The rows of one part: the part's type goes from the indices to the rows.
    fileprivate func rows<P>(_ part: Indices<P>, _ images: EmbeddingSet<P>) -> Rows<P> {
        Rows(
            label: label, images: images, baseScores: part.values.map { baseScores[$0] },
            truth: part.values.map { truth[$0] == .present })
    }
}
