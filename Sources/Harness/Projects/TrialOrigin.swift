public import BaseModel
public import Evaluation
public import Foundation
public import Moderation

/// What a trial was made of, found again: its record holds digests, not files.
public struct TrialOrigin: Sendable {
    /// The base model.
    public let baseModel: BaseModelDescription
    /// The file that describes it.
    public let baseModelFile: URL
    /// The images, in the record's order.
    var images: LocatedImages

    /// Looks for what `trial` was made of.
    ///
    /// - Parameters:
    ///   - baseModelFile: the file of its base model; by default the one of `workspace` with the right digest.
    ///   - datasets: where its images are, asked for with the base model's taxonomy; by default in the datasets of
    ///     `workspace`, then in those of its experiments.
    /// - Throws: `ProjectError.baseModelNotFound`, `.imagesNotFound`; `Findings` of a file that was named.
    public init(
        of trial: TrialRecord, baseModelFile: URL? = nil, datasets: ((Taxonomy) throws -> [DatasetFile])? = nil,
        workspace: Workspace
    ) throws {
        (baseModel, self.baseModelFile) = try Self.baseModel(of: trial, named: baseModelFile, workspace)
        if let datasets = try datasets?(baseModel.taxonomy) {
            images = try LocatedImages(of: trial, in: [{ datasets }])
        } else {
            images = try LocatedImages(of: trial, in: [{ workspace.namedDatasets }, { workspace.experimentDatasets }])
        }
    }

    private static func baseModel(
        of trial: TrialRecord, named file: URL?, _ workspace: Workspace
    ) throws -> (BaseModelDescription, URL) {
        let files = file.map { [$0] } ?? workspace.baseModelFiles
        var known: [String] = []
        for candidate in files {
            // Of files that nobody named, one that cannot be read is none of the trial's.
            guard let model = try file == nil ? try? BaseModelFile.read(candidate) : BaseModelFile.read(candidate)
            else { continue }
            if model.digest.description == trial.baseModelDigest { return (model, candidate) }
            known.append("\(model.name) (\(model.digest.short))")
        }
        throw ProjectError.baseModelNotFound(
            trial: trial.id.short, trained: String(trial.baseModelDigest.prefix(12)), known: known)
    }
}

extension Workspace {
    /// The datasets that can be named and read.
    fileprivate var namedDatasets: [DatasetFile] {
        datasetNames.compactMap { try? DatasetFile(folder: datasets.appending(path: $0)) }
    }

    /// The datasets that the project's experiments name, wherever they are.
    fileprivate var experimentDatasets: [DatasetFile] {
        experimentFiles.compactMap { try? Experiment(file: $0, workspace: self) }.flatMap(\.allDatasets)
    }
}
