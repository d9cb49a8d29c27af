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
    public static func training(_ trial: TrialRecord, source: (Int) -> String) throws -> Data {
        try lines(of: trial, part: .training) { image in
            Line(source: source(image), truth: Truths(trial, image: image))
        }
    }

    /// The test images of `trial`, a line each, with the detections of the adapter called `arn` and of the base model.
    public static func test(
        _ trial: TrialRecord, taxonomy: Taxonomy, arn: String, source: (Int) -> String
    ) throws -> Data {
        try lines(of: trial, part: .test) { image in
            let detection = { (scores: (LabelResult) -> [Float], version: String?) in
                Detection(
                    scores: Dictionary(uniqueKeysWithValues: trial.labels.map { ($0.label, scores($0)[image]) }),
                    taxonomy: taxonomy, minimumConfidence: minimumConfidence, projectVersion: version)
            }
            return Line(
                source: source(image), truth: Truths(trial, image: image),
                adapter: detection(\.adapterScores, arn), baseModel: detection(\.baseScores, nil))
        }
    }

    private static func lines(
        of trial: TrialRecord, part: TrialRecord.SplitPart, _ line: (Int) -> Line
    ) throws -> Data {
        let known = trial.labels.map { Set(trial.images(of: part, knownIn: $0)) }
        let complete = trial.images.indices.filter { image in known.allSatisfy { $0.contains(image) } }
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

    /// The targeted labels that are there.
    private struct Truths: Encodable {
        let labels: [Name]

        init(_ trial: TrialRecord, image: Int) {
            labels = trial.labels.filter { $0.truth[image] == .present }.map { Name($0.label) }
        }

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
