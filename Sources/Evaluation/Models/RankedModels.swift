internal import Moderation

/// The models of one label in the order of the objective, and what the tests of every two of them gave.
struct RankedModels {
    /// All but rank and tie, which need the tests of all labels.
    let rows: [Row]
    /// Every two of them, the better as subject, in order.
    let pairs: [Pair]

    private let label: Label
    private let thresholdConfidence: Double
    private let tests: SharedTests
    private let objective: RankingObjective

    struct Row {
        let name: String
        let isBase: Bool
        let baseModel: String
        let trainingImages: Double?
        let errors: ByErrorKind<ModelRow.Errors>
        /// Whether the objective's condition holds on the test images, by counts; `nil` where there is none.
        let condition: HeldCondition?
        /// Whether a rate that is held is shown to be above its level.
        let isShownAboveLevel: Bool

        var counts: ByErrorKind<Double> { ByErrorKind { errors[$0].errors } }
    }

    struct Pair {
        /// Place of the later model among the rows.
        let reference: Int
        /// Place of the better model.
        let subject: Int
        let errors: ByErrorKind<RawDifference>
        /// The test that both cost the same, where a cost is minimised.
        let cost: Result<PairedRepeats.RawTest, PairedRepeats.Undefined>?

        /// The p values of its tests, in the order in which they are corrected.
        var pValues: [Double] {
            let tests = ErrorKind.allCases.map { errors[$0].test } + [cost].compactMap { $0 }
            return tests.compactMap { try? $0.get().pValue }
        }
    }

    /// Ranks `subjects`, at least one, any two of which can be compared, and the base models they were trained on.
    init(_ subjects: [TestedSubject], label: Label, objective: RankingObjective) {
        let tests = SharedTests(subjects[0].errors)
        let models = Model.all(subjects)
        let unordered = models.map { model in
            (model: model, row: Row(model, base: model.base(in: models), tests: tests, objective: objective))
        }
        let ordered = unordered.sorted { $0.row.precedes($1.row, objective) }
        self.label = label
        self.tests = tests
        self.objective = objective
        thresholdConfidence = subjects[0].thresholdConfidence
        rows = ordered.map(\.row)
        pairs = ordered.indices.flatMap { subject in
            ordered.indices.dropFirst(subject + 1).map { reference in
                let (before, now) = (ordered[reference].model.decisions, ordered[subject].model.decisions)
                let repeats = ByErrorKind { tests.repeats($0, reference: before, subject: now) }
                return Pair(
                    reference: reference, subject: subject, errors: ByErrorKind { RawDifference(repeats[$0]) },
                    cost: objective.costs.map { costs in
                        Result { () throws(PairedRepeats.Undefined) in
                            try CostTest.test(repeats, costs: costs) { weights in
                                tests.changes(reference: before, subject: now, weights: weights)
                            }
                        }
                    })
            }
        }
    }

    /// The p values of all pairs, in their order.
    var pValues: [Double] { pairs.flatMap(\.pValues) }

    /// The table, given the corrected ones of ``pValues`` and the level of claims.
    func table(adjusted: inout ArraySlice<Double>, level: Double) -> ModelTable {
        let named = pairs.map { pair in
            ModelPair(
                reference: rows[pair.reference].name, subject: rows[pair.subject].name,
                errors: ByErrorKind { pair.errors[$0].corrected(&adjusted) },
                cost: pair.cost.map { Significance($0, adjusted: &adjusted) })
        }
        let places = Places(rows: rows, pairs: Array(zip(pairs, named)), objective, level: level)
        return ModelTable(
            label: label, thresholdConfidence: thresholdConfidence, repeats: tests.repeats, images: tests.meanImages,
            models: places.models, pairs: named)
    }
}

/// A model with its decisions.
private struct Model {
    let name: String
    let isBase: Bool
    let baseModel: String
    let trainingImages: Double?
    let decisions: Decisions

    /// The subjects, and each base model once: on the same images at the same threshold it decides the same for all.
    static func all(_ subjects: [TestedSubject]) -> [Model] {
        let adapters = subjects.map { subject in
            Model(
                name: subject.name, isBase: false, baseModel: subject.baseModel,
                trainingImages: subject.trainingImages, decisions: Decisions(subject.errors))
        }
        let bases = subjects.grouped(by: \.baseModel).map { group in
            // Of those that had other images at hand beside the tests, the fewest count.
            let decisions = group.map { Decisions($0.baseErrors) }
            return Model(
                name: group[0].baseModel, isBase: true, baseModel: group[0].baseModel, trainingImages: nil,
                decisions: decisions.min { $0.meanOtherImages < $1.meanOtherImages } ?? decisions[0])
        }
        return bases + adapters
    }

    /// The base model that it is or was trained on.
    func base(in models: [Model]) -> Model { models.first { $0.isBase && $0.name == baseModel } ?? self }
}

extension RankedModels.Row {
    fileprivate init(_ model: Model, base: Model, tests: SharedTests, objective: RankingObjective) {
        name = model.name
        isBase = model.isBase
        baseModel = model.baseModel
        trainingImages = model.trainingImages
        let repeats = ByErrorKind { tests.repeats($0, reference: base.decisions, subject: model.decisions) }
        errors = ByErrorKind { kind in
            let counts = repeats[kind].counts
            return ModelRow.Errors(
                images: counts.mean { Double($0.images) }, errors: counts.mean { Double($0.adapterErrors) },
                rate: repeats[kind].adapterRate, improvement: model.isBase ? nil : repeats[kind].improvement)
        }
        guard case .fewest(let kind, let rule) = objective else {
            (condition, isShownAboveLevel) = (nil, false)
            return
        }
        switch rule {
        case .notAboveBase:
            let counts = repeats[kind.other].counts
            condition = HeldCondition(
                counts.mean { Double($0.adapterErrors) }, allowed: counts.mean { Double($0.baseErrors) })
            isShownAboveLevel = false
        case .rate(let level, _):
            let rate = tests.groupRate(kind.other, model.decisions)
            condition = HeldCondition(rate?.value ?? 0, allowed: level)
            isShownAboveLevel = rate?.interval.map { $0.lower > level } ?? false
        }
    }

    /// Whether the objective puts it before `other`: what keeps the condition first, then the fewer errors that are
    /// minimised, then the fewer of the others; names decide between equals.
    fileprivate func precedes(_ other: Self, _ objective: RankingObjective) -> Bool {
        let (own, others) = (counts, other.counts)
        let keys = [
            (condition == .exceeded ? 1 : 0, other.condition == .exceeded ? 1 : 0),
            (objective.loss(own), objective.loss(others)),
            (own.falseNegatives + own.falsePositives, others.falseNegatives + others.falsePositives),
        ]
        for (first, second) in keys where first != second { return first < second }
        return name < other.name
    }
}
