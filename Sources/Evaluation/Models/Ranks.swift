/// Places in a ranking in which chance decides nothing.
enum Ranks {
    /// The members of each place of a ranking, best first; all count from 0 in the order of the objective.
    ///
    /// Not to be shown to differ is not transitive: A may tie with B and B with C, while A is shown to be better than C.
    /// So each place is led by the best model that has none yet, and shared by those after it that tie with the leader;
    /// two that share a place may differ from one another.
    static func places(_ count: Int, ties: (_ leader: Int, _ other: Int) -> Bool) -> [[Int]] {
        var open = Array(0..<count)
        var places: [[Int]] = []
        while let leader = open.first {
            let place = open.filter { $0 == leader || ties(leader, $0) }
            places.append(place)
            open.removeAll(where: place.contains)
        }
        return places
    }
}

/// Who is best in one kind of error without being worse in the other.
enum ParetoFront {
    /// Of each model the first that dominates it: no more errors of either kind and fewer of one. `nil` for those on the
    /// front (Pareto 1906).
    static func dominators(_ errors: [ByErrorKind<Double>]) -> [Int?] {
        let isDominated = errors.map { model in errors.contains { $0.dominates(model) } }
        return errors.map { model in
            errors.indices.first { !isDominated[$0] && errors[$0].dominates(model) }
        }
    }
}

extension ByErrorKind<Double> {
    fileprivate func dominates(_ other: ByErrorKind<Double>) -> Bool {
        let isNoWorse = falseNegatives <= other.falseNegatives && falsePositives <= other.falsePositives
        return isNoWorse && (falseNegatives < other.falseNegatives || falsePositives < other.falsePositives)
    }
}
