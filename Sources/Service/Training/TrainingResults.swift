internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation
internal import ObjectStorage

/// Writes what a training says of its images and of the adapter to where the request wants it.
struct TrainingResults {
    private let work: TrainingWork
    private let request: TrainingRequest

    init(_ work: TrainingWork, _ request: TrainingRequest) {
        self.work = work
        self.request = request
    }

    /// Writes what is wrong with each line of the manifests, and the summary.
    func write(
        validationOf training: TrainingManifest, _ test: TrainingManifest?, heldOut: Int = 0
    ) throws -> [TrainingOutput] {
        var files: [(TrainingOutput, Data)] = [(.trainingValidation, training.validation)]
        if let test { files.append((.testValidation, test.validation)) }
        files.append((.summary, try ManifestSummary(training: training, test: test, heldOut: heldOut).jsonFile()))
        return try write(files)
    }

    /// Writes all results of an adapter that was trained, `evaluation` among them.
    func write(
        _ trained: AdapterTraining.Result, _ training: TrainingManifest, _ test: TrainingManifest?,
        _ evaluation: EvaluationResults, arn: String, taxonomy: Taxonomy
    ) throws -> [TrainingOutput] {
        let lines = UsedLines(trained, training, test)
        let heldOut = test == nil ? trained.images(isTest: true).count : 0
        return try write(validationOf: training, test, heldOut: heldOut)
            + write([
                (
                    .training,
                    try OutputManifest.training(trained.trial, source: lines.source, truth: lines.labels)
                ),
                (
                    .test,
                    try OutputManifest.test(
                        trained.trial, taxonomy: taxonomy, arn: arn, source: lines.source, truth: lines.labels)
                ),
                (.evaluation, try evaluation.jsonFile()),
            ])
    }

    /// What the base model and the adapter did on the test images; the time in it is that of the version's ARN, so that what
    /// is written twice is the same.
    func evaluation(
        _ trained: AdapterTraining.Result, _ arn: String, _ taxonomy: Taxonomy, _ created: Int
    ) -> EvaluationResults {
        EvaluationResults(
            of: trained.trial, taxonomy: taxonomy, arn: arn,
            ended: Milliseconds.date(created).formatted(.iso8601))
    }

    private func write(_ files: [(output: TrainingOutput, bytes: Data)]) throws(TrainingWork.Failure)
        -> [TrainingOutput]
    {
        for file in files {
            let location = request.output.object(file.output.rawValue, project: work.project, version: work.version)
            do throws(ObjectStorageError) {
                try work.account.buckets.write(file.bytes, to: location)
            } catch {
                throw .init(message: "Unable to write to output S3 bucket: \(error)")
            }
        }
        return files.map(\.output)
    }
}

/// Of each image of a trial, the line that it comes from.
private struct UsedLines {
    private let images: [TrainingManifest.Image?]

    init(_ trained: AdapterTraining.Result, _ training: TrainingManifest, _ test: TrainingManifest?) {
        let byNumber = { (manifest: TrainingManifest) in
            Dictionary(manifest.lines.map { ($0.number, $0.image) }, uniquingKeysWith: { first, _ in first })
        }
        let (own, tested) = (byNumber(training), test.map(byNumber))
        images = trained.lines.enumerated().map { index, line in
            let isTest = trained.trial.parts[index] == .test
            return (isTest ? tested ?? own : own)[line] ?? nil
        }
    }

    func source(_ index: Int) -> String { images[index]?.source ?? "" }

    func labels(_ index: Int) -> [Label] { images[index]?.labels ?? [] }
}
