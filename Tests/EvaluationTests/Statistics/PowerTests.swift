import Evaluation
import LinearAlgebra
import Testing

@Suite struct PowerTests {
    @Test func fiveFixedImagesAreTheLeastThatCanBeShown() {
        #expect(Power.smallestFixed(level: 0.05) == 5)
        #expect(McNemar.midP(fixed: 5, broken: 0) <= 0.05 && McNemar.midP(fixed: 4, broken: 0) > 0.05)
        // By the exact test it would be 6.
        #expect(McNemar.exact(fixed: 6, broken: 0) <= 0.05 && McNemar.exact(fixed: 5, broken: 0) > 0.05)
        #expect(Power.smallestFixed(level: 0.05 / 16) == 9)
    }

    @Test(arguments: [(20, 0.31), (50, 0.13), (100, 0.066), (200, 0.033)])
    func detectableSharesAreThoseOfTheStudy(images: Int, share: Double) throws {
        // The study gives two digits.
        let detectable = try #require(Power.detectableShare(images: images, needed: 5))
        #expect(abs(detectable - share) < (share > 0.1 ? 0.005 : 0.0005))
        #expect(abs(Power.ofImprovement(images: images, fixed: detectable, level: 0.05) - 0.8) < 1e-9)
    }

    @Test func fewerThanFiveImagesShowNothing() {
        #expect(Power.detectableShare(images: 4, needed: 5) == nil)
        #expect(Power.ofImprovement(images: 4, fixed: 1, level: 0.05) == 0)
        #expect(Power.ofImprovement(images: 5, fixed: 1, level: 0.05) == 1)
    }

    /// The double sum over discordant and fixed images, written out.
    @Test(arguments: [(12, 0.4, 0.1), (30, 0.25, 0.05), (40, 0.1, 0.1)])
    func powerIsTheSumOverAllOutcomes(images: Int, fixed: Double, broken: Double) {
        var expected = 0.0
        for changed in 0...images {
            let weight = Binomial(trials: images, probability: fixed + broken).mass(changed)
            let direction = Binomial(trials: changed, probability: fixed / (fixed + broken))
            for right in 0...changed
            where 2 * right > changed && McNemar.midP(fixed: right, broken: changed - right) <= 0.05 {
                expected += weight * direction.mass(right)
            }
        }
        let power = Power.ofImprovement(images: images, fixed: fixed, broken: broken, level: 0.05)
        // Some hundred terms of rounding 1e-15.
        #expect(abs(power - expected) < 1e-12)
    }

    @Test func imagesNeededAreTheFewestThatDo() {
        for share in [0.033, 0.066, 0.2, 0.5, 1] {
            for level in [0.05, 0.05 / 8] {
                let images = Power.imagesNeeded(
                    fixed: share, needed: Power.smallestFixed(level: level))
                #expect(Power.ofImprovement(images: images, fixed: share, level: level) >= 0.8)
                #expect(Power.ofImprovement(images: images - 1, fixed: share, level: level) < 0.8)
            }
        }
    }

    /// The approximation against the test itself: each fixed image falls into a repeat's test half by a coin.
    @Test(arguments: [(20, 0.05), (20, 0.05 / 8), (8, 0.05)])
    func overRepeatsTheSmallestNumberIsShownInEveryOtherCase(repeats: Int, level: Double) {
        var generator = SplitMix(state: 42)
        let needed = Power.smallestFixed(level: level, repeats: repeats, testToOthers: 1)
        let shown = { (fixed: Int) in
            (0..<200).count { _ in
                let differences = (0..<repeats).map { _ in
                    Double((0..<fixed).count { _ in Bool.random(using: &generator) }) / 100
                }
                return CorrectedT(differences, testToOthers: 1)?.pValue ?? 1 <= level
            }
        }
        // Half of 200 is meant; the spread is estimated too, which favours the low side a little.
        #expect((90...140).contains(shown(needed)))
        #expect(shown(needed - 2) < 90)
        #expect(shown(2 * needed) > 190)
    }

    @Test func fewRepeatsNeedManyImages() {
        let needed = [2, 3, 5, 10, 20, 100].map { Power.smallestFixed(level: 0.05, repeats: $0, testToOthers: 1) }
        #expect(zip(needed, needed.dropFirst()).allSatisfy { $0 > $1 || $0 == $1 && $0 <= 6 })
        // Two repeats: t* = 12.706, squared and times 3/2.
        #expect(needed[0] == 243)
    }
}
