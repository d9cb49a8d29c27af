internal import Moderation

/// What kept a run from its end, though the experiment file was right.
public enum RunError: Error, Sendable, Equatable {
    /// The work was asked to stop.
    case interrupted
    /// The images of a dataset were never made.
    case datasetNotBuilt(name: String, missing: Int, total: Int, command: String?, download: String?)
    /// Images that cannot be used, and how many were looked at.
    case badImages([BadImage], total: Int)
    /// No image is left to work with.
    case noImages(reason: String)
    /// A trial could not be fitted, and failures were to stop the run.
    case stopped(TrialFailure, finished: Int, total: Int)
    /// No trial could be fitted, so that there is nothing to report: each with its reason.
    case everyTrialFailed([String])
    /// There is no experiment in the project's folder, so that nobody can tell what is asked for.
    case noExperiments(folder: String)
    /// No trial of an experiment is finished, so that there is nothing to compare with.
    case nothingToVerify(total: Int)
    /// No finished trial answers to a name.
    case noSuchTrial(name: String, hint: String)
    /// An adapter does not belong to the base model at hand.
    case otherBaseModel(trial: String, trained: String, given: String)
    /// The embeddings of training images that an adapter compares with are no longer in the cache.
    case embeddingsGone(trial: String, missing: Int, total: Int, file: String)
    /// The base model declares no embedding like the one that an adapter was trained on.
    case noSuchEmbedding(trial: String, trained: String, baseModel: String)
    /// A file that would be written is there already.
    case alreadyThere(path: String, hint: String = "`--force` replaces it")
    /// An input that the command line names cannot be read.
    case unreadable(path: String, reason: String)
}

extension RunError: CustomStringConvertible {
    /// One sentence, with a hint on a line of its own where there is one.
    public var description: String {
        switch self {
        case .interrupted:
            "interrupted; what is finished is kept, and the same command goes on from here"
        case .datasetNotBuilt(let name, let missing, let total, let command, let download):
            Self.notBuilt(name: name, missing: missing, total: total, command: command, download: download)
        case .badImages(let images, let total):
            Self.badImages(images, total: total)
        case .noImages(let reason):
            "no image is left to work with: \(reason)"
        case .stopped(let failure, let finished, let total):
            "trial \(failure.id.short) failed, and the run stops there: \(failure.reason)\n  \(finished) of \(total) trials are finished"
                + "\n  hint: without `--fail-fast` the others are trained all the same"
        case .everyTrialFailed(let failures):
            "no trial could be fitted, and no report is written" + Self.list(failures)
        case .noExperiments(let folder):
            "there is no experiment in `\(folder)`, so nobody can tell which trials are asked for\n  hint: name the experiments"
        case .nothingToVerify(let total):
            "none of the \(total) trials is finished, so there is nothing to verify\n  hint: `moderato run` trains them"
        case .noSuchTrial(let name, let hint):
            "no finished trial answers to `\(name)`\n  hint: \(hint)"
        case .otherBaseModel(let trial, let trained, let given):
            "trial \(trial) was trained on base model \(trained), not on \(given)\n  hint: name its base model with `--base-model`"
        case .embeddingsGone(let trial, let missing, let total, let file):
            "trial \(trial) compares images with its training images, and the embedding cache no longer has \(missing) of "
                + "these \(total)\n  hint: delete `\(file)` and run its experiment again"
        case .noSuchEmbedding(let trial, let trained, let baseModel):
            "trial \(trial) was trained on embedding \(trained), which base model `\(baseModel)` does not declare"
                + "\n  hint: an embedding that is edited is another one; undo that, or train again"
        case .alreadyThere(let path, let hint):
            "`\(path)` is there already\n  hint: \(hint)"
        case .unreadable(let path, let reason):
            "`\(path)` cannot be read: \(reason)"
        }
    }

    private static func notBuilt(name: String, missing: Int, total: Int, command: String?, download: String?) -> String
    {
        let size = download.map { ", which fetches about \($0)" } ?? ""
        let hint = command.map { "`\($0)` makes them\(size)" } ?? "put the files where the manifest says"
        return "the images of dataset `\(name)` are not here: \(missing) of \(total) files are missing\n  hint: \(hint)"
    }

    private static func badImages(_ images: [BadImage], total: Int) -> String {
        let hint = "\n  hint: mend them, or write `on_bad_image: skip` to leave them out"
        return "\(images.count) of \(total) images cannot be used\(list(images.map(\.description)))\(hint)"
    }

    /// A line for each of `items`, 20 at the most, and how many more there are.
    private static func list(_ items: [String]) -> String {
        let shown = items.prefix(20).map { "\n  \($0)" }.joined()
        return items.count > 20 ? "\(shown)\n  and \(items.count - 20) more" : shown
    }
}

/// An image that cannot be used.
public struct BadImage: Error, Sendable, Equatable, CustomStringConvertible {
    /// Path within the dataset.
    public let path: String
    /// Why, in a sentence.
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// `path: reason`
    public var description: String { "\(path): \(reason)" }
}
