internal import Moderation

/// Why an adapter cannot be moved to another base model; the others of its project go on.
enum UpdateRefusal: Error, Equatable {
    /// The labels of the new base model are paths in another taxonomy.
    case taxonomy(own: String, new: String)
    /// The new base model declares no embedding of the name that the adapter learnt from.
    case noEmbedding(name: String, baseModel: String, declared: [String])
    /// Files of training or test images are missing, or are not what they were.
    case images(missing: [String], changed: [String], total: Int, folder: String)
    /// No head could be fitted.
    case unfitted(reason: String)
    /// The new adapter was not tested on the old one's test images.
    case notComparable(reason: String)
    /// Another version was put to use, or this one was deleted or deprecated.
    case overtaken(by: String)
    /// A later version cannot be read: it may be the one in use.
    case hidden
}

extension UpdateRefusal: CustomStringConvertible {
    /// One sentence, with a hint on a line of its own where there is one.
    var description: String {
        switch self {
        case .taxonomy(let own, let new):
            "its labels are paths in taxonomy \(own), those of the new base model in \(new)"
        case .noEmbedding(let name, let baseModel, let declared):
            "it learnt from the embedding `\(name)`, which base model `\(baseModel)` does not declare"
                + (declared.isEmpty ? "" : "; it declares \(Names.list(declared))")
        case .images(let missing, let changed, let total, let folder):
            Self.imagesText(missing: missing, changed: changed, total: total, folder: folder)
        case .unfitted(let reason): "it could not be trained on the new base model: \(reason)"
        case .notComparable(let reason): "old and new cannot be compared: \(reason)"
        case .overtaken(let id):
            "meanwhile `\(id)` is what its name means\n  hint: the same command begins again with that"
        case .hidden:
            "a later version of it cannot be read, and may be the one in use\n  hint: restore or delete that first"
        }
    }

    private static func imagesText(missing: [String], changed: [String], total: Int, folder: String) -> String {
        let faults = [
            (missing, (missing.count == 1 ? "is" : "are") + " missing"),
            (changed, (changed.count == 1 ? "has" : "have") + " other bytes than it was trained and tested on"),
        ].compactMap { paths, fault in paths.first.map { "\(paths.count) \(fault), such as `\($0)`" } }
        return
            "of its \(total) images in `\(folder)`, \(faults.joined(separator: ", "))\n  hint: put the files back as they were"
    }
}
