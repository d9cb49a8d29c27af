internal import LinearAlgebra
internal import Moderation

/// How vectors become a head.
///
/// An adapter answers candidates, one per combination of its hyperparameters. Which of them is taken, and where its
/// operating point lies, is decided for all adapters alike by `Recipe.fit`.
///
/// A new adapter is one file in `Methods` and one case of `Recipe.Kind`.
protocol Adapter: Sendable {
    /// What the adapter is, for the experiment file, its schema and its help.
    static var description: AdapterDescription { get }

    /// How one of its candidates is chosen.
    static var rule: Selection.Rule { get }

    /// Whether means or covariances come from the background too, where there is one.
    static var usesBackground: Bool { get }

    /// Whether it needs all embeddings in memory, as what compares images with one another does.
    static var needsMemory: Bool { get }

    /// The adapter of a recipe of its kind.
    init(_ recipe: Recipe)

    /// The candidates of `rows`, those nearest to the base first. Embeddings and base scores are finite.
    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate]

    /// The same for the rows of each of several labels; an adapter that can shares work among them.
    func candidates(forEach labels: [Rows<Training>], seed: Seed) throws(AdapterError) -> [[Candidate]]
}

extension Adapter {
    static var rule: Selection.Rule { .best }
    static var usesBackground: Bool { false }
    static var needsMemory: Bool { false }

    func candidates(forEach labels: [Rows<Training>], seed: Seed) throws(AdapterError) -> [[Candidate]] {
        try candidates(oneByOne: labels, seed: seed)
    }

    /// The candidates of each of `labels`, by itself.
    func candidates(oneByOne labels: [Rows<Training>], seed: Seed) throws(AdapterError) -> [[Candidate]] {
        var candidates: [[Candidate]] = []
        for rows in labels { candidates.append(try self.candidates(for: rows, seed: seed)) }
        return candidates
    }
}

/// What an experiment file, a schema and a help text need to know of an adapter.
public struct AdapterDescription: Sendable {
    /// One sentence: what it does to the base score.
    public let summary: String
    /// Raised whenever the same recipe on the same rows would give another head; part of a trial's identity.
    public let revision: Int
    /// The hyperparameters, in the order in which they are written out.
    public let hyperparameters: [HyperparameterDescription]
}

/// One combination of hyperparameters, and what it scores without having seen.
struct Candidate {
    /// The combination, in the adapter's order.
    let chosen: [ChosenHyperparameter]
    /// Scores of the training rows as logits, each by a head that was fitted without the row's group.
    let outOfFoldScores: [Float]
    /// Whether an operating point may be chosen for it; not for the base, which stays as it is.
    let isShiftable: Bool
    /// Fits the head to all training rows.
    let head: () throws(AdapterError) -> Head
    /// The adapter it is of, where several are compared.
    private(set) var kind: Recipe.Kind?

    /// A candidate that is fitted to the rows.
    init(
        chosen: [ChosenHyperparameter], outOfFoldScores: [Float], head: @escaping () throws(AdapterError) -> Head
    ) {
        self.chosen = chosen
        self.outOfFoldScores = outOfFoldScores
        self.isShiftable = true
        self.head = head
    }

    /// The base itself: what strength 0 is.
    init(baseOf rows: Rows<Training>, chosen: [ChosenHyperparameter] = []) {
        self.chosen = chosen
        outOfFoldScores = rows.baseScores
        isShiftable = false
        head = { .base }
    }

    /// The candidate as one of `kind` among those of other adapters.
    func tagged(_ kind: Recipe.Kind) -> Candidate {
        var tagged = self
        tagged.kind = kind
        return tagged
    }

    /// The out-of-fold scores with an operating point; the base's stay as they are, bit for bit.
    func scores(shiftedBy shift: Float) -> [Float] {
        isShiftable ? outOfFoldScores.map { shifted($0, by: shift) } : outOfFoldScores
    }
}

/// A hyperparameter's value in one candidate.
public struct ChosenHyperparameter: Sendable, Equatable {
    /// The name that the experiment file uses.
    public let name: String
    public let value: Double

    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}
