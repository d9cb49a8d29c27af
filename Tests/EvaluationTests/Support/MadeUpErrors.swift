import Evaluation
import Moderation

/// Made-up tests of images with the label, of which a model is wrong about those that are asked for.
struct MadeUpErrors {
    var images = 100
    /// Images of a group, one after another.
    var groupSize = 1
    var repeats = 1
    /// Half of the images are tested in each repeat, or all.
    var isHalved = false
    /// Where misses would be, false alarms are.
    var isPresent = true

    /// Errors on the images that `isWrong` says, by repeat and image.
    func errors(_ isWrong: (_ repetition: Int, _ image: Int) -> Bool) -> TestErrors {
        TestErrors(
            label: Label(path: ["Alcohol"]),
            images: (0..<images).map { image in
                TestErrors.Image(
                    digest: Digest(of: "image \(image)"), path: "images/\(image).png", group: "\(image / groupSize)",
                    isPresent: isPresent)
            },
            repeats: (0..<repeats).map { repetition in
                // The second half is what the first leaves over, so that every image is tested.
                let half: TrialRecord.SplitPart = repetition == 1 ? .training : .test
                let tested = (0..<images).filter {
                    !isHalved || SyntheticExperiment.halves(repetition == 1 ? 0 : repetition, $0 / groupSize) == half
                }
                return TestErrors.Repeat(
                    repetition: repetition, tested: tested, wrong: Set(tested.filter { isWrong(repetition, $0) }),
                    otherImages: images - tested.count)
            })
    }

    /// Errors on the first `count` images.
    func first(_ count: Int) -> TestErrors { errors { $1 < count } }
}
