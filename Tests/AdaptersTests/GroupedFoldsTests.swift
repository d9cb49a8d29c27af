import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

@Suite("Grouped folds")
struct GroupedFoldsTests {
    @Test("Every row is in one fold, every group in one, and both classes outside each", arguments: 0..<20)
    func divides(seed: Int) throws {
        let rows = sampleRows(seed: UInt64(seed))
        let folds = try GroupedFolds(rows, seed: Seed(UInt64(seed)))
        #expect(folds.folds.count == 5)
        #expect(folds.folds.flatMap { $0 }.sorted() == Array(0..<rows.count))
        for fold in folds.folds {
            let outside = folds.complement(of: fold)
            #expect(Set(fold.map { rows.groups[$0] }).isDisjoint(with: outside.map { rows.groups[$0] }))
            #expect(Set(outside.map { rows.truth[$0] }).count == 2)
            // 20 positives in groups of one or two over 5 folds.
            #expect((3...5).contains(fold.count { rows.truth[$0] }))
        }
    }

    @Test("The order of the rows does not matter, the seed does")
    func orderDoesNotMatter() throws {
        let rows = sampleRows()
        let order = Array((0..<rows.count).reversed())
        let straight = try GroupedFolds(rows, seed: Seed(3)).folds
        let reversed = try GroupedFolds(rows.selecting(order), seed: Seed(3)).folds
        #expect(straight == reversed.map { $0.map { order[$0] }.sorted() })
        let other = try GroupedFolds(rows, seed: Seed(4)).folds
        #expect(straight != other)
    }

    @Test("Fewer groups of a class give fewer folds")
    func fewerFolds() throws {
        let rows = sampleRows(count: 12).replacing(groups: [0, 1, 2, 3, 4, 5, 0, 7, 8, 9, 10, 11])
        #expect(try GroupedFolds(rows, seed: Seed(1)).folds.count == 3)
    }

    @Test("One group of a class is an error that says so")
    func oneGroup() {
        let rows = sampleRows(count: 12).replacing(groups: [0, 1, 2, 0, 4, 5, 0, 7, 8, 0, 10, 11])
        #expect(throws: AdapterError.tooFewGroups(label: label, positiveGroups: 1, negativeGroups: 8)) {
            try GroupedFolds(rows, seed: Seed(1))
        }
    }
}
