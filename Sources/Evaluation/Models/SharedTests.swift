internal import Moderation

/// The tests that the models of one table share, laid out for counting pair by pair.
struct SharedTests {
    /// The number of test images, as a mean over repeats.
    let meanImages: Double
    /// The number of repeats.
    let repeats: Int

    /// Of each kind and repeat: the images that could show the error, group by group.
    private let concerned: ByErrorKind<[[[Int]]]>
    /// Of each image the number of its group.
    private let groups: [Int]
    private let areTheSame: Bool

    /// The tests of `errors`, which any of the models stands for.
    init(_ errors: TestErrors) {
        let isSingle = errors.repeats.count == 1
        let groups = errors.images.map(\.group).numbered
        concerned = ByErrorKind { kind in
            errors.repeats.map { test in
                let images = test.tested.filter { errors.images[$0].kind == kind }
                // Over repeats, only totals are asked for.
                return isSingle ? images.grouped { groups[$0] } : [images]
            }
        }
        self.groups = groups
        meanImages = errors.repeats.mean { Double($0.tested.count) }
        repeats = errors.repeats.count
        areTheSame = errors.repeats.allSatisfy { $0.tested == errors.repeats[0].tested }
    }

    /// The errors of `kind` of `subject` beside those of `reference`.
    ///
    /// The more images a model did not see in training, the more repeats share: of two models that had others at hand
    /// beside the same test images, the fewer count.
    func repeats(_ kind: ErrorKind, reference: Decisions, subject: Decisions) -> PairedRepeats {
        let others = min(reference.meanOtherImages, subject.meanOtherImages)
        let grouped = concerned[kind].enumerated().map { repetition, groups in
            let (before, now) = (reference.wrong[repetition], subject.wrong[repetition])
            return GroupedCounts(groups.map { images in PairedCounts(images, before, now) })
        }
        return PairedRepeats(grouped: grouped, testToOthers: testToOthers(others))
    }

    /// By how much `subject` costs less than `reference` in each group of the first repeat, of both kinds of error together.
    func changes(reference: Decisions, subject: Decisions, weights: ByErrorKind<Int>) -> [Int] {
        var changes = [Int](repeating: 0, count: (groups.max() ?? -1) + 1)
        for kind in ErrorKind.allCases {
            for image in concerned[kind][0].joined() where reference.wrong[0][image] != subject.wrong[0][image] {
                changes[groups[image]] += reference.wrong[0][image] ? weights[kind] : -weights[kind]
            }
        }
        return changes
    }

    /// The rate of errors of `kind` on an image of a group drawn at random, which is what a guarantee speaks of: the mean
    /// over groups of their shares; `nil` where no image can show the error.
    ///
    /// The 95% interval is Student's over groups on one split, the corrected one over repeats.
    func groupRate(_ kind: ErrorKind, _ model: Decisions) -> (value: Double, interval: Interval?)? {
        let shares = zip(concerned[kind], model.wrong).map { images, wrong in
            images.joined().grouped { groups[$0] }.map { group in
                Double(group.count { wrong[$0] }) / Double(group.count)
            }
        }.filter { !$0.isEmpty }
        guard let first = shares.first else { return nil }
        let means = shares.map { shares in shares.mean { $0 } }
        let ratio = testToOthers(model.meanOtherImages)
        let spread =
            repeats == 1 ? CorrectedT(first, testToOthers: 0) : ratio.flatMap { CorrectedT(means, testToOthers: $0) }
        return (means.mean { $0 }, spread?.interval)
    }

    /// Test images over `others` outside the test part; `nil` where every repeat tests the same.
    private func testToOthers(_ others: Double) -> Double? { areTheSame || others == 0 ? nil : meanImages / others }
}

/// Which images one model is wrong about, for quick looking up.
struct Decisions {
    /// Of each repeat one value per image of the table, `false` too for those not tested.
    let wrong: [[Bool]]
    /// Images of known truth outside the test part, as a mean over repeats.
    let meanOtherImages: Double

    init(_ errors: TestErrors) {
        wrong = errors.repeats.map { test in
            var wrong = [Bool](repeating: false, count: errors.images.count)
            for image in test.wrong { wrong[image] = true }
            return wrong
        }
        meanOtherImages = errors.repeats.mean { Double($0.otherImages) }
    }
}

extension PairedCounts {
    /// Counts `images`, which `before` and `now` say who was wrong about.
    fileprivate init(_ images: [Int], _ before: [Bool], _ now: [Bool]) {
        var cells = [0, 0, 0, 0]
        for image in images { cells[(before[image] ? 2 : 0) + (now[image] ? 1 : 0)] += 1 }
        self.init(bothWrong: cells[3], fixed: cells[2], broken: cells[1], bothRight: cells[0])
    }
}
