/// Who shares which place of a ranking.
struct Places {
    /// The rows with their places, those of the best place first.
    let models: [ModelRow]

    typealias Tested = (place: RankedModels.Pair, pair: ModelPair)

    init(rows: [RankedModels.Row], pairs: [Tested], _ objective: RankingObjective, level: Double) {
        let matrix = PairMatrix(count: rows.count, pairs: pairs, level: level)
        let conditions = rows.indices.map { Places.condition(of: $0, rows, matrix, objective) }
        // What is shown to break the condition comes last; but for that, rows are in the order of the objective.
        let order = [false, true].flatMap { isLast in
            rows.indices.filter { (conditions[$0] == .shownToBeExceeded) == isLast }
        }
        let places = Ranks.places(rows.count) { leader, other in
            let (leader, other) = (order[leader], order[other])
            let isShownToExceed = conditions[other] == .shownToBeExceeded && conditions[leader] != .shownToBeExceeded
            return !isShownToExceed && !matrix.isShown(leader, other, objective)
        }.map { place in place.map { order[$0] } }
        let dominators = ParetoFront.dominators(rows.map(\.counts))
        var before = 0
        var models: [ModelRow] = []
        for place in places {
            models += place.map { model in
                ModelRow(
                    rows[model], rank: before + 1, isTied: place.count > 1, condition: conditions[model],
                    dominatedBy: dominators[model].map { rows[$0].name })
            }
            before += place.count
        }
        self.models = models
    }

    /// Whether the model at `place` keeps what `objective` holds.
    private static func condition(
        of place: Int, _ rows: [RankedModels.Row], _ matrix: PairMatrix, _ objective: RankingObjective
    ) -> HeldCondition? {
        guard case .fewest(let kind, let rule) = objective, let condition = rows[place].condition else { return nil }
        guard condition != .kept else { return .kept }
        let base = rows.firstIndex { $0.isBase && $0.name == rows[place].baseModel }
        let isShown: Bool =
            switch rule {
            case .notAboveBase: base.map { matrix.isShown($0, place, kind.other) } ?? false
            case .rate: rows[place].isShownAboveLevel
            }
        return isShown ? .shownToBeExceeded : condition
    }
}

/// Which two models are shown to differ.
private struct PairMatrix {
    private let count: Int
    private var shown: [Set<ErrorKind>]
    /// Places at which a difference in cost is shown.
    private var costs: Set<Int> = []

    init(count: Int, pairs: [Places.Tested], level: Double) {
        self.count = count
        shown = Array(repeating: [], count: count * count)
        for (place, pair) in pairs {
            let kinds = Set(ErrorKind.allCases.filter { pair.errors[$0].isShown(level: level) })
            let cells = [place.reference * count + place.subject, place.subject * count + place.reference]
            for cell in cells { shown[cell] = kinds }
            if let cost = pair.cost?.tested, cost.adjustedPValue <= level { costs.formUnion(cells) }
        }
    }

    /// Whether the models at two places are shown to differ in `kind`.
    func isShown(_ first: Int, _ second: Int, _ kind: ErrorKind) -> Bool {
        shown[first * count + second].contains(kind)
    }

    /// Whether the models at two places are shown to differ in what `objective` minimises.
    func isShown(_ first: Int, _ second: Int, _ objective: RankingObjective) -> Bool {
        objective.minimised.map { isShown(first, second, $0) } ?? costs.contains(first * count + second)
    }
}

extension ModelRow {
    fileprivate init(
        _ row: RankedModels.Row, rank: Int, isTied: Bool, condition: HeldCondition?, dominatedBy: String?
    ) {
        self.init(
            name: row.name, isBase: row.isBase, baseModel: row.baseModel, rank: rank, isTied: isTied,
            errors: row.errors, condition: condition, trainingImages: row.trainingImages, dominatedBy: dominatedBy)
    }
}
