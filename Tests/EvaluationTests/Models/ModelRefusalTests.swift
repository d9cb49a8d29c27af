import Evaluation
import Moderation
import Testing

/// Only what was tested on the same images is compared.
@Suite struct ModelRefusalTests {
    private let decided = DecidedModels(
        present: (0..<40).map { $0.isMultiple(of: 2) }, parts: [Array(repeating: .test, count: 40)])

    private func refusals(_ change: (inout DecidedModels) -> Void) throws -> ModelComparison {
        var changed = decided
        change(&changed)
        return try ModelComparison([
            decided.subject("a", wrong: [1]), decided.subject("b", wrong: [2]), changed.subject("other", wrong: [3]),
        ])
    }

    private func expect(_ comparison: ModelComparison, _ cause: ModelRefusal.Cause, _ reason: String) {
        #expect(comparison.refusals.map(\.models) == [["other"]])
        #expect(comparison.refusals.map(\.cause) == [cause])
        #expect(comparison.refusals[0].reason.contains(reason), "\(comparison.refusals[0].reason)")
        #expect(comparison.tables.map { $0.models.count } == [3] && comparison.comparesSubjects)
    }

    @Test func otherThresholds() throws {
        expect(try refusals { $0.threshold = 60 }, .threshold, "50.0% and 60.0%")
    }

    @Test func otherImages() throws {
        expect(try refusals { $0.prefix = "photo" }, .images, "both were on 0, and in some repeat one alone on 40")
        expect(try refusals { $0.parts[0][7] = .training }, .images, "both were on 39")
    }

    @Test func anotherTruth() throws {
        expect(try refusals { $0.present[3].toggle() }, .truth, "the truth of 1 of them differs")
    }

    @Test func otherGroups() throws {
        expect(try refusals { $0.groups[3] = $0.groups[4] }, .groups, "other ones belong together")
    }

    @Test func otherRepeats() throws {
        expect(try refusals { $0.parts.append($0.parts[0]) }, .repeats, "1 repeats of the split and in 2")
    }

    @Test func namesOfGroupsAndTheOrderOfImagesAreNoReason() throws {
        let comparison = try refusals { $0.groups = $0.groups.map { "another/\($0)" } }
        #expect(comparison.refusals.isEmpty && comparison.tables[0].models.count == 4)
    }

    @Test func theLargestSetIsTheTable() throws {
        var other = decided
        other.prefix = "photo"
        let comparison = try ModelComparison([
            decided.subject("a", wrong: [1]), other.subject("b", wrong: [2]), other.subject("c", wrong: [3]),
        ])
        #expect(comparison.tables[0].models.map(\.name).sorted() == ["b", "base model", "c"])
        #expect(comparison.refusals.map(\.models) == [["a"]] && comparison.refusals[0].reference == "b")
        let alone = try ModelComparison([decided.subject("a", wrong: [1]), other.subject("b", wrong: [2])])
        #expect(!alone.comparesSubjects && alone.refusals.map(\.models) == [["b"]])
    }

    @Test func aTestWithoutImagesIsRefused() throws {
        let comparison = try refusals { $0.parts[0] = Array(repeating: .training, count: 40) }
        #expect(comparison.refusals.map(\.models) == [["other"]] && comparison.tables[0].models.count == 3)
    }
}
