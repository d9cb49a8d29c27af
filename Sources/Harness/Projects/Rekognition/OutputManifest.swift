public import Evaluation
public import Foundation
public import Moderation

/// The output manifests of Amazon Rekognition Custom Moderation: what an adapter was trained on, and what it and its base
/// model said of the images that it was tested on.
///
/// Images in which a targeted label is unknown are left out, since this form cannot say so. Detections have the targeted labels
/// alone, at 5 percent and above: of others, neither truth nor scores are a part of a trial.
public enum OutputManifest {
    /// The lowest confidence in percent of a detection.
    static let minimumConfidence = 5.0

    /// The training images of `trial`, a line each; `source` answers where the image at an index is.
    ///
    /// - Parameter truth: the labels that are there, where somebody said so of all labels; of none, images in which a targeted
    ///   label is unknown are left out.
    public static func training(
        _ trial: TrialRecord, source: (Int) -> String, truth: ((Int) -> [Label])? = nil
    ) throws -> Data {
        try lines(of: trial, part: .training, isComplete: truth != nil) { image in
            Line(source: source(image), truth: Truths(truth?(image) ?? trial.present(in: image)))
        }
    }

    /// The test images of `trial`, a line each, with the detections of the adapter called `arn` and of the base model.
    public static func test(
        _ trial: TrialRecord, taxonomy: Taxonomy, arn: String, source: (Int) -> String,
        truth: ((Int) -> [Label])? = nil
    ) throws -> Data {
        try lines(of: trial, part: .test, isComplete: truth != nil) { image in
            let detection = { (scores: (LabelResult) -> [Float], version: String?) in
                Detection(
                    scores: Dictionary(uniqueKeysWithValues: trial.labels.map { ($0.label, scores($0)[image]) }),
                    taxonomy: taxonomy, minimumConfidence: minimumConfidence, projectVersion: version)
            }
            return Line(
                source: source(image), truth: Truths(truth?(image) ?? trial.present(in: image)),
                adapter: detection(\.adapterScores, arn), baseModel: detection(\.baseScores, nil))
        }
    }

    private static func lines(
        of trial: TrialRecord, part: TrialRecord.SplitPart, isComplete: Bool, _ line: (Int) -> Line
    ) throws -> Data {
        let known = trial.labels.map { Set(trial.images(of: part, knownIn: $0)) }
        let complete = trial.images.indices.filter { image in
            isComplete ? trial.parts[image] == part : known.allSatisfy { $0.contains(image) }
        }
        return Data(try complete.map { try line($0).json() + "\n" }.joined().utf8)
    }

    /// One image.
    private struct Line: Encodable {
        let source: String
        let truth: Truths
        var adapter: Detection?
        var baseModel: Detection?

        enum CodingKeys: String, CodingKey {
            case source = "source-ref"
            case truth = "content-moderation-groundtruth"
            case adapter = "detect-moderation-labels"
            case baseModel = "detect-moderation-labels-base-model"
        }
    }

    /// The labels that are there.
    private struct Truths: Encodable {
        let labels: [Name]

        init(_ labels: [Label]) { self.labels = labels.map(Name.init) }

        enum CodingKeys: String, CodingKey { case labels = "ModerationLabels" }
    }

    /// A label that is there; one that is not top-level comes with what it stands below.
    private struct Name: Encodable {
        let name: String
        let parentName: String?

        init(_ label: Label) {
            name = label.name
            parentName = label.parent?.name
        }

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case parentName = "ParentName"
        }
    }
}

extension TrialRecord {
    /// The targeted labels that are present in the image at `index`.
    fileprivate func present(in index: Int) -> [Label] {
        labels.filter { $0.truth[index] == .present }.map(\.label)
    }
}
