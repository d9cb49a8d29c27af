public import LinearAlgebra
public import Moderation

/// Why no head was fitted, or read.
public enum AdapterError: Error, Equatable, CustomStringConvertible {
    /// The training rows of a label are all of one class.
    case classMissing(label: Label, positives: Int, negatives: Int)
    /// Too few groups to score any row without its own group: both classes are needed on both sides.
    case tooFewGroups(label: Label, positiveGroups: Int, negativeGroups: Int)
    /// A guarantee takes more groups with rows of a class than the `groups` there are.
    case tooFewToPromise(label: Label, Objective.ErrorKind, RateGuarantee, groups: Int)
    /// A value that is not a number, or infinite, in training row `row`, counted from 0.
    case notFinite(label: Label, quantity: String, row: Int)
    /// The embeddings could not be read.
    case unreadable(label: Label, EmbeddingsUnreadable)
    /// The adapter compares images with one another, and their embeddings are not in memory.
    case needsMemory(label: Label, adapter: String)
    /// The equations of a head have no usable solution.
    case unsolved(label: Label, LinearAlgebraError)
    /// A hyperparameter that the adapter does not have.
    case unknownHyperparameter(adapter: String, name: String, known: [String])
    /// Values of a hyperparameter that the adapter does not allow.
    case valueNotAllowed(adapter: String, name: String, values: [Double], allowed: String)
    /// Named arrays that are not those of a head.
    case unreadableHead(reason: String)

    public var description: String {
        switch self {
        case .classMissing(let label, let positives, let negatives):
            "\(label) has \(positives) positive and \(negatives) negative training images: an adapter needs both"
        case .tooFewGroups(let label, let positiveGroups, let negativeGroups):
            "\(label) has positives in \(positiveGroups) and negatives in \(negativeGroups) groups of training images: "
                + "selecting from training rows needs 2 groups of each, so that no group is scored by a head that saw it"
        case .tooFewToPromise(let label, let kind, let guarantee, let groups):
            "\(label): \(guarantee.shortfall(kind, groups: groups))"
        case .notFinite(let label, let quantity, let row):
            "\(label): the \(quantity) of training image \(row) is not a finite number"
        case .unreadable(let label, let error):
            "\(label): \(error)"
        case .needsMemory(let label, let adapter):
            "\(label): the adapter `\(adapter)` needs all embeddings in memory: use `ridge` or `logistic` where they do not fit"
        case .unsolved(let label, let error):
            "\(label): \(error)"
        case .unknownHyperparameter(let adapter, let name, let known):
            "the adapter `\(adapter)` has no hyperparameter `\(name)`: "
                + (known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))")
        case .valueNotAllowed(let adapter, let name, let values, let allowed):
            "`\(name)` of the adapter `\(adapter)` is \(allowed), given \(values)"
        case .unreadableHead(let reason):
            "the arrays are not those of a head: \(reason)"
        }
    }
}

/// Runs `body` and says of which label it was where the equations have no solution.
func solving<Solution>(
    _ label: Label, _ body: () throws(LinearAlgebraError) -> Solution
) throws(AdapterError) -> Solution {
    do {
        return try body()
    } catch {
        throw .unsolved(label: label, error)
    }
}

/// Runs `body` and says of which label it was where embeddings cannot be read.
func reading<Answer>(
    _ label: Label, _ body: () throws(EmbeddingsUnreadable) -> Answer
) throws(AdapterError) -> Answer {
    do {
        return try body()
    } catch {
        throw .unreadable(label: label, error)
    }
}
