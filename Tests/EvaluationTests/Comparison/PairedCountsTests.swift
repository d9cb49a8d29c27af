import Evaluation
import Moderation
import Testing

@Suite struct PairedCountsTests {
    let truth: [Truth] = [.present, .present, .present, .present, .absent, .absent, .absent, .unknown]
    let base: [Float] = [-1, -1, 1, 1, 1, 1, -1, 1]
    let adapter: [Float] = [-1, 1, -1, 1, -1, -1, -1, -1]

    @Test func missesAreCountedAmongPresentImages() {
        let counts = PairedCounts(
            of: .falseNegatives, truth: truth, baseScores: base, adapterScores: adapter,
            threshold: Threshold(confidence: 50))
        #expect(counts == PairedCounts(bothWrong: 1, fixed: 1, broken: 1, bothRight: 1))
        #expect(counts.baseErrors == 2 && counts.adapterErrors == 2 && counts.images == 4)
        #expect(counts.improvement == 0)
    }

    @Test func falseAlarmsAreCountedAmongAbsentImages() {
        let counts = PairedCounts(
            of: .falsePositives, truth: truth, baseScores: base, adapterScores: adapter,
            threshold: Threshold(confidence: 50))
        #expect(counts == PairedCounts(bothWrong: 0, fixed: 2, broken: 0, bothRight: 1))
        #expect(counts.improvement == 1)
    }

    @Test func aScoreAtTheThresholdIsFlagged() {
        let threshold = Threshold(confidence: 80)
        let counts = PairedCounts(
            of: .falseNegatives, truth: [.present], baseScores: [threshold.logit.nextDown],
            adapterScores: [threshold.logit], threshold: threshold)
        #expect(counts == PairedCounts(bothWrong: 0, fixed: 1, broken: 0, bothRight: 0))
    }

    @Test func withoutBaseErrorsImprovementIsUndefined() {
        #expect(PairedCounts(bothWrong: 0, fixed: 0, broken: 3, bothRight: 5).improvement == nil)
        #expect(PairedCounts(bothWrong: 0, fixed: 0, broken: 3, bothRight: 5).rateDifference == 0.375)
        #expect(PairedCounts(bothWrong: 0, fixed: 0, broken: 0, bothRight: 0).rateDifference == nil)
        #expect(PairedCounts(bothWrong: 1, fixed: 0, broken: 3, bothRight: 5).improvement == -3)
    }
}
