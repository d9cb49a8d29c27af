internal import Moderation

/// Finds images that several datasets share, and groups on both sides of a separate test dataset.
///
/// Images are told apart by digest; a manifest need not declare any, so the check is made when an experiment is read,
/// and again when its images are identified.
struct OverlapCheck {
    private let experiment: Experiment
    private let images: [Image]

    private struct Image {
        let record: ImageRecord
        let digest: Digest?
        let dataset: Int
    }

    /// The check on images as the manifests describe them.
    init(_ experiment: Experiment, images: [Experiment.Candidate]) {
        self.experiment = experiment
        self.images = images.map { Image(record: $0.record, digest: $0.record.digest, dataset: $0.dataset) }
    }

    /// The check on identified images.
    init(_ experiment: Experiment, images: [SelectedImage]) {
        self.experiment = experiment
        self.images = images.map { Image(record: $0.record, digest: $0.digest, dataset: $0.dataset) }
    }

    /// What is found.
    var findings: [Finding] { [sharedImages, straddlingGroups].compactMap { $0 } }

    private var place: Place { Place(file: experiment.file, line: 0) }

    private var sharedImages: Finding? {
        let identified = images.filter { $0.digest != nil }
        let shared = Dictionary(grouping: identified, by: \.digest).values.filter { Set($0.map(\.dataset)).count > 1 }
        guard let example = shared.map({ $0.map(\.record.path) }).min(by: { $0[0] < $1[0] }) else { return nil }
        return Finding(
            "the datasets share \(shared.count) images: \(Names.list(example, limit: 3)) are the same bytes", at: place,
            hint: "select each image once, by `images: sources` or by naming fewer datasets")
    }

    private var straddlingGroups: Finding? {
        guard case .separate = experiment.division else { return nil }
        let isTest = { (image: Image) in image.dataset == experiment.datasets.count }
        let groups = Set(images.filter(isTest).map(\.record.group))
            .intersection(images.filter { !isTest($0) }.map(\.record.group)).sorted()
        guard !groups.isEmpty else { return nil }
        return Finding(
            "training and test are not apart: \(groups.count) groups are on both sides, such as "
                + Names.list(groups, limit: 3), at: place,
            hint: "images of one group show one object; take them out of one dataset")
    }
}
