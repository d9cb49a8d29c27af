internal import LinearAlgebra
internal import Moderation

/// The other adapters with their standard hyperparameters, of which the training rows choose one.
///
/// Candidates are compared under the declared objective by their out-of-fold scores. Of those within one standard error of
/// the best, the simplest is taken (Breiman, Friedman, Olshen and Stone 1984, "Classification and Regression Trees",
/// 3.4.3): what moves the threshold first, then linear heads, then those that keep the training images. The base stays
/// unless the best is more than two standard errors ahead of it, so that it mostly stays
/// where nothing helps: of 120 draws of labels at random it stayed in 85. Where a rate is guaranteed the base can promise
/// nothing and is no candidate.
struct Auto: Adapter {
    static let description = AdapterDescription(
        summary: "tries the others and keeps the simplest within one standard error of the best, or the base",
        revision: 2, hyperparameters: [])
    static let rule = Selection.Rule.simplestWithinOneStandardError
    static var usesBackground: Bool { tried.contains(where: \.usesBackground) }
    static let needsMemory = true

    /// The adapters tried, the simplest first.
    static let tried: [Recipe.Kind] = [.none, .bias, .platt, .ridge, .logistic, .gda, .cache, .kernel]

    init(_ recipe: Recipe) {}

    /// Adapters whose equations have no solution for these rows are no candidates.
    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        try rows.requireBothClasses()
        var candidates: [Candidate] = []
        for kind in Auto.tried {
            do throws(AdapterError) {
                candidates += try Recipe(kind).candidates(for: rows, seed: seed).map { $0.tagged(kind) }
            } catch {
                guard case .unsolved = error else { throw error }
            }
        }
        return candidates
    }
}
