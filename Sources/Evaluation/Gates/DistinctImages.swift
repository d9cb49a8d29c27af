internal import Moderation

/// Two models on the distinct images that any repeat tested, as if they were the test images of one split: each image counts
/// once, with the errors that either model makes in at least half of its tests.
///
/// It answers where repeats cannot: no spread over repeats, as where two models never differ, has no interval, but so many
/// images of so many groups on which they did not differ do have one.
extension GroupedCounts {
    init(distinct kind: ErrorKind, reference: TestErrors, subject: TestErrors) {
        let concerned = subject.images(showing: kind)
        let isWrong = (reference: reference.isMostlyWrong, subject: subject.isMostlyWrong)
        let groups = concerned.grouped { subject.images[$0].group }
        self.init(
            groups.map { images in
                PairedCounts(
                    images.map {
                        PairedOutcome(baseIsWrong: isWrong.reference[$0], adapterIsWrong: isWrong.subject[$0])
                    })
            })
    }

    /// The same images where `reference` and `subject` are as `outcome` says, given what they are.
    func replacing(_ outcome: (PairedOutcome) -> PairedOutcome) -> GroupedCounts {
        GroupedCounts(
            groups.map { group in
                PairedCounts(
                    PairedOutcome.allCases.flatMap { Array(repeating: outcome($0), count: group[$0]) })
            })
    }
}

extension TestErrors {
    /// Of each image whether the model is wrong in at least half of its tests, and in one at least.
    fileprivate var isMostlyWrong: [Bool] {
        var tests = [Int](repeating: 0, count: images.count)
        var errors = tests
        for test in repeats {
            for image in test.tested { tests[image] += 1 }
            for image in test.wrong { errors[image] += 1 }
        }
        return zip(tests, errors).map { $1 > 0 && 2 * $1 >= $0 }
    }
}
