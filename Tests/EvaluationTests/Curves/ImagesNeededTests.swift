import Evaluation
import Moderation
import Testing

/// The first size from which on something holds at every size, by hand.
@Suite struct ImagesNeededTests {
    typealias Change = SyntheticExperiment.Change

    /// The answer where an adapter fixes so many of 40 misses, and breaks so many of 40 found ones, at each size.
    private func needed(fixed: [Int], broken: [Int]? = nil, alarms: [Int]? = nil) throws -> ImagesNeeded {
        let experiment = SyntheticExperiment(present: 80, missed: 40, absent: 40, alarms: 4)
        let sizes = fixed.indices.map { index in
            let split: SyntheticExperiment.Split = { repetition, image in
                let part = SyntheticExperiment.halves(repetition, image)
                return part == .training && image % fixed.count > index ? .unused : part
            }
            let change = Change(
                fixedMisses: fixed[index], newMisses: broken?[index] ?? 0, newAlarms: alarms?[index] ?? 0)
            return (
                size: TrainingSize(positives: index + 1),
                records: experiment.records(["a": change], repeats: 8, split: split)
            )
        }
        let adapter = try LearningCurve.all(split: "s", sizes: sizes, adapters: ["a"])[0].adapters[0]
        #expect(adapter.points.count == fixed.count)
        return adapter.imagesNeeded.falseNegatives
    }

    @Test func itIsTheFirstSizeFromWhichOnAllHold() throws {
        let needed = try needed(fixed: [0, 12, 20, 38, 38])
        #expect(needed.aboveZero == 1)
        // Four fifths of 38 of 40 is 30.4.
        #expect(needed.mostOfFull == 3)
    }

    @Test func aRelapseCountsAgainstAllBefore() throws {
        let needed = try needed(fixed: [20, 30, 0, 30], broken: [0, 0, 5, 0])
        #expect(needed.aboveZero == 3 && needed.mostOfFull == 3)
    }

    @Test func whatTheLargestSizeDoesNotReachIsNotReached() throws {
        let needed = try needed(fixed: [30, 30, 2], broken: [0, 0, 3])
        #expect(needed.aboveZero == nil && needed.mostOfFull == nil)
    }

    @Test func anImprovementThatIsBoughtIsNotHarmless() throws {
        let needed = try needed(fixed: [20, 20, 20, 20], alarms: [9, 0, 3, 0])
        #expect(needed.aboveZero == 0 && needed.harmless == 3)
        #expect(try self.needed(fixed: [20, 20], alarms: [0, 1]).harmless == nil)
        #expect(try self.needed(fixed: [0, 20], alarms: [0, 0]).harmless == 1)
    }

    @Test func anImprovementWithoutIntervalIsNotOne() throws {
        #expect(try needed(fixed: [0, 0]).aboveZero == nil)
    }

    @Test func theSmallestSizeMayDo() throws {
        let needed = try needed(fixed: [25, 26, 27])
        #expect(needed.aboveZero == 0 && needed.mostOfFull == 0)
    }
}
