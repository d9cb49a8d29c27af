internal import Moderation

/// Why an adapter of a project could not be made, found or used.
public enum ProjectError: Error, Sendable, Equatable {
    /// Nothing may be called that; `of` is `a project` or `an adapter`.
    case badName(of: String, given: String)
    /// A description has characters or a length that Amazon Rekognition would not take.
    case badDescription(given: String)
    /// A text is not the id of an adapter.
    case badID(given: String)
    /// There is no such adapter, or no such version of it.
    case noSuchAdapter(id: String, hint: String)
    /// No version of the adapter is in use, so that its name alone names none.
    case noneInUse(id: String, versions: [String])
    /// A file of an adapter is not what was once written there.
    case damaged(path: String, reason: String)
    /// The file of the highest number ever given holds something else.
    case badCounter(path: String, found: String)
    /// A folder of adapters cannot be looked into.
    case unreadable(path: String, reason: String)
    /// An adapter was written with a layout that this version does not know.
    case unknownLayout(path: String, found: Int, known: Int)
    /// No base-model file of the workspace is of the base model that a trial was trained on.
    case baseModelNotFound(trial: String, trained: String, known: [String])
    /// The images of a trial are in none of the datasets at hand.
    case imagesNotFound(trial: String, total: Int, found: Int, dataset: String?)
    /// An adapter was trained on another base model than the one at hand.
    case otherBaseModel(id: String, trained: String, given: String, hint: String)
    /// A project has no adapter that could be updated.
    case nothingToUpdate(project: String, known: [String])
    /// The base-model file that an adapter names is not there.
    case baseModelGone(id: String, file: String, trained: String)
}

extension ProjectError: CustomStringConvertible {
    /// One sentence, with a hint on a line of its own where there is one.
    public var description: String {
        switch self {
        case .badName(let what, let given):
            "the name of \(what) is made of letters, digits, `.`, `_` and `-`, 1 to 255 of them, and is neither `.` nor `..`; "
                + "given `\(given)`"
        case .badDescription(let given):
            "a description is made of letters, digits, spaces and -_.()':,;? , 1 to 255 of them; given `\(given)`"
        case .badID(let given):
            "an adapter is called PROJECT/NAME or PROJECT/NAME/NUMBER; given `\(given)`"
        case .noSuchAdapter(let id, let hint):
            "there is no adapter `\(id)`\n  hint: \(hint)"
        case .noneInUse(let id, let versions):
            "no version of `\(id)` is in use: \(versions.joined(separator: ", "))\n  hint: name one with its number"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason)\n  hint: restore it from a copy, or delete the adapter and create it from its trial again"
        case .badCounter(let path, let found):
            "\(path) holds the highest number that a version ever had, and now `\(found.prefix(40))`"
                + "\n  hint: write that number there; one given again would mean two versions"
        case .unreadable(let path, let reason):
            "cannot list \(path): \(reason)"
        case .unknownLayout(let path, let found, let known):
            "\(path) has layout \(found), this version reads layout \(known): use the version that wrote it"
        case .baseModelNotFound(let trial, let trained, let known):
            "trial \(trial) was trained on base model \(trained), and no file in Experiments/base-models is of that one"
                + (known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))")
                + "\n  hint: `--base-model` names its file"
        case .imagesNotFound(let trial, let total, let found, let dataset):
            "the \(total) images of trial \(trial) are in no dataset of Datasets or of an experiment"
                + (dataset.map { ": `\($0)` has \(found) of them, with the same bytes" } ?? "")
                + "\n  hint: `--dataset` names theirs"
        case .otherBaseModel(let id, let trained, let given, let hint):
            "adapter `\(id)` was trained on base model \(trained), not on \(given)\n  hint: \(hint)"
        case .nothingToUpdate(let project, let known):
            "project `\(project)` has no adapter in use, so there is nothing to update"
                + (known.isEmpty ? "" : "\n  hint: there are adapters in \(Names.list(known))")
        case .baseModelGone(let id, let file, let trained):
            "adapter `\(id)` needs base model \(trained), and its file `\(file)` is not there"
                + "\n  hint: put it back, or name the file with `--base-model`"
        }
    }
}
