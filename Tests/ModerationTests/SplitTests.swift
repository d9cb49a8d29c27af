import Moderation
import Testing

@Suite struct SplitTests {
    private let alcohol = Label(path: ["Alcohol"])

    /// 200 groups of 1 to 3 images; the label is in every fifth group.
    private var records: [ImageRecord] {
        (0..<200).flatMap { group in
            (0...(group % 3)).map { member in
                ImageRecord(
                    path: "\(group)-\(member).png", digest: nil,
                    annotation: group % 5 == 0 ? Annotation(present: [alcohol]) : .safe, group: "g\(group)",
                    source: "s\(group % 4)", tags: [], line: 0)
            }
        }
    }

    private func description(
        _ unit: SplitDescription.Unit, training: Double = 0.5, test: Double = 0.5, seed: UInt64 = 7
    ) -> SplitDescription {
        SplitDescription(training: training, test: test, unit: unit, repeats: 3, seed: seed)
    }

    @Test(arguments: SplitDescription.Unit.allCases, [0.2, 0.5, 0.8])
    func partsAreDisjointAndUnitsStayWhole(unit: SplitDescription.Unit, share: Double) {
        let records = records
        let split = description(unit, training: share, test: 1 - share).divide(records, repetition: 0)
        #expect(Set(split.training.values).isDisjoint(with: split.test.values))
        #expect(split.training.values.count + split.test.values.count == records.count)
        let name = { (index: Int) in
            switch unit {
            case .group: records[index].group
            case .image: String(index)
            case .source: records[index].source ?? ""
            }
        }
        #expect(Set(split.training.values.map(name)).isDisjoint(with: split.test.values.map(name)))
    }

    @Test func everyPartGetsItsShareOfThePositives() {
        let records = records
        let split = description(.group, training: 0.3, test: 0.5).divide(records, repetition: 0)
        let groups = { (part: [Int], positive: Bool) in
            Set(
                part.filter { (records[$0].annotation.truth(of: alcohol) == .present) == positive }.map {
                    records[$0].group
                }
            ).count
        }
        // 40 groups with the label, 160 without.
        #expect(groups(split.training.values, true) == 12)
        #expect(groups(split.test.values, true) == 20)
        #expect(groups(split.training.values, false) == 48)
        #expect(groups(split.test.values, false) == 80)
    }

    @Test func seedAndRepetitionDecide() {
        let records = records
        let first = description(.group).divide(records, repetition: 0)
        #expect(first == description(.group).divide(records, repetition: 0))
        #expect(first != description(.group).divide(records, repetition: 1))
        #expect(first != description(.group, seed: 8).divide(records, repetition: 0))
    }

    @Test func aSmallStratumIsNotRoundedAway() {
        let records = (0..<3).map { index in
            ImageRecord(
                path: "\(index)", digest: nil, annotation: index == 0 ? Annotation(present: [alcohol]) : .safe,
                group: "\(index)", source: nil, tags: [], line: 0)
        }
        let split = description(.group).divide(records, repetition: 0)
        #expect(split.training.values.count + split.test.values.count == 3)
    }
}

extension SplitDescription {
    fileprivate func divide(_ records: [ImageRecord], repetition: Int) -> Split {
        split(strata(of: records, TruthTable(records, labels: [Label(path: ["Alcohol"])])), repetition: repetition)
    }
}
