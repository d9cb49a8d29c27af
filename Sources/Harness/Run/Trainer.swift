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
    /// What each adapter learns from, by its index.
    private let sources: [Source]
    /// Of each target label: what is known of it and the base scores, one per image.
    private let targets: [Target]
    /// Of each setting: the unit of each image, as a number, that its split and its folds never tear apart.
    private let units: [[Int]]

    private struct Target {
        let label: Label
        let truth: [Truth]
        let baseScores: [Float]
    }

    /// Embeddings as adapters are given them.
    private struct Source {
        /// `[images x dimensions]`, in the order of `images`.
        let embeddings: Matrix
        /// Of images that are neither trained on nor tested on, `[images x dimensions]`.
        let background: Matrix
        /// Columns of each network's part, in order.
        let blocks: [Int]
        /// Identity of the numbers that training starts from: equal only where every bit of the embeddings is.
        let digest: Digest

        init(_ encoded: EncodedImages, of images: [SelectedImage], background: [SelectedImage]) {
            embeddings = encoded.matrix(of: images)
            self.background = encoded.matrix(of: background)
            blocks = encoded.blocks
            let digests = [embeddings, self.background].filter { $0.rows > 0 }.map { matrix in
                matrix.storage.withUnsafeBytes { Digest(of: $0) }
            }
            digest = digests.count == 1 ? digests[0] : Digest(ofFields: digests.map(\.description))
        }
    }

    init(
        experiment: Experiment, images: [SelectedImage], background: [SelectedImage], embedded: EmbeddedImages
    ) {
        let rows = embedded.plain.rows(of: images)
        self.experiment = experiment
        self.images = images
        entries = images.map { .init(digest: $0.digest, path: $0.record.path, group: $0.record.group) }
        sources = Self.sources(experiment, images: images, background: background, embedded: embedded)
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

    /// What each adapter learns from; adapters of one embedding share it.
    private static func sources(
        _ experiment: Experiment, images: [SelectedImage], background: [SelectedImage], embedded: EmbeddedImages
    ) -> [Source] {
        let plain = Source(embedded.plain, of: images, background: background)
        let others = experiment.embeddings.map {
            ($0.name, Source(embedded[$0], of: images, background: background))
        }
        let named = Dictionary(uniqueKeysWithValues: others)
        return experiment.adapters.map { adapter in adapter.embedding.flatMap { named[$0.name] } ?? plain }
    }

    /// Trains `trial`, writes its record and a line of the run's log; a trial that cannot be fitted is an answer, not an error.
    func train(_ trial: Trial, into store: TrialStore, journal: Journal) throws -> TrainedTrial {
        let started = ContinuousClock.now
        let record: TrialRecord
        do throws(AdapterError) {
            record = try self.record(of: trial)
        } catch {
            let failure = FailedTrial(
                id: trial.id, adapter: experiment.adapters[trial.adapter].recipe.kind.rawValue,
                repetition: trial.repetition, reason: "\(error)")
            try store.writeFailure(failure)
            return .failed(TrialFailure(id: trial.id, reason: failure.reason))
        }
        try store.write(record)
        try journal.add(
            trial.id, embeddings: sources[trial.adapter].digest, took: ContinuousClock.now - started)
        return .finished(record)
    }

    /// The record of `trial`: a function of the plan and the embeddings alone.
    private func record(of trial: Trial) throws(AdapterError) -> TrialRecord {
        let recipe = experiment.adapters[trial.adapter].recipe
        let source = sources[trial.adapter]
        let units = units[trial.setting]
        var training = SharedSets<Training>(
            embeddings: source.embeddings, blocks: source.blocks, groups: units, background: source.background)
        var test = SharedSets<Test>(embeddings: source.embeddings, blocks: source.blocks, groups: units)
        var labels: [LabelResult] = []
        for (target, rows) in zip(targets, trial.training) {
            labels.append(try result(of: recipe, target, training: rows, trial, &training, &test))
        }
        return TrialRecord(
            id: trial.id, specification: trial.specification, determinants: trial.determinants,
            adapter: recipe.kind.rawValue, repetition: trial.repetition,
            thresholdConfidence: experiment.threshold.confidence, images: entries,
            parts: trial.split.parts(of: images.count), labels: labels)
    }

    private func result(
        of recipe: Recipe, _ target: Target, training: Indices<Training>, _ trial: Trial,
        _ trainingSets: inout SharedSets<Training>, _ testSets: inout SharedSets<Test>
    ) throws(AdapterError) -> LabelResult {
        let test = trial.split.test.filter { target.truth[$0] != .unknown }
        let fit = try recipe.fit(
            rows(training, target, &trainingSets), threshold: experiment.threshold, objective: experiment.objective,
            seed: Seed(experiment.settings[trial.setting].division.seed).derive("folds").derive(trial.repetition))
        var scores = [Float](repeating: .nan, count: images.count)
        for (index, score) in zip(training.values, fit.outOfFoldScores) { scores[index] = score }
        let testScores = fit.head.scores(rows(test, target, &testSets))
        for (index, score) in zip(test.values, testScores) { scores[index] = score }
        return LabelResult(
            label: target.label, truth: target.truth, baseScores: target.baseScores, adapterScores: scores,
            chosen: fit.chosen.map { LabelResult.Hyperparameter(name: $0.name, value: $0.value) },
            choice: fit.choice.map { LabelResult.Choice(adapter: $0.adapter.rawValue, reason: $0.reason) },
            head: fit.head.arrays.map { LabelResult.NamedArray(name: $0.name, values: $0.values) },
            calibration: fit.calibration.map { training.values[$0] })
    }

    /// The rows of one part: the part's type goes from the indices to the rows.
    private func rows<P>(_ part: Indices<P>, _ target: Target, _ sets: inout SharedSets<P>) -> Rows<P> {
        Rows(
            label: target.label, images: sets.set(of: part), baseScores: part.values.map { target.baseScores[$0] },
            truth: part.values.map { target.truth[$0] == .present })
    }
}
