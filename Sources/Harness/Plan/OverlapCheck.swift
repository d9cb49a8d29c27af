internal import Moderation

/// Finds images that several datasets share, and groups on both sides of a separate test dataset.
///
/// Images whose digest no manifest declares are looked at when they are identified.
struct OverlapCheck {
    let experiment: Experiment
    /// Where the datasets are named.
    let datasetPlace: Place
    /// Where the split is described.
    let splitPlace: Place

    /// What is found.
    var findings: [Finding] {
        let images = experiment.candidates
        let copies = experiment.allDatasets.indices.flatMap { dataset in
            experiment.copyFindings(
                images.filter { $0.dataset == dataset }.compactMap { image in
                    image.record.digest.map { (image.record, $0, dataset) }
                })
        }
        return copies + [sharedNames, sharedImages(images), straddlingGroups(images)].compactMap { $0 }
    }

    /// Paths of several datasets are told apart by the datasets' names.
    private var sharedNames: Finding? {
        let names = experiment.allDatasets.map(\.dataset.name)
        guard let name = names.first(where: { name in names.count { $0 == name } > 1 }) else { return nil }
        return Finding(
            "two datasets are called `\(name)`", at: datasetPlace,
            hint: "give each a name of its own in its dataset.yaml")
    }

    private func sharedImages(_ images: [Experiment.Candidate]) -> Finding? {
        let declared = images.filter { $0.record.digest != nil }
        let shared = Dictionary(grouping: declared, by: \.record.digest).values
            .filter { Set($0.map(\.dataset)).count > 1 }
        guard let example = shared.map({ $0.map(\.record.path) }).min(by: { $0[0] < $1[0] }) else { return nil }
        return Finding(
            "the datasets share images (\(shared.count) in all): \(Names.list(example, limit: 3)) are the same bytes",
            at: datasetPlace, hint: "select each image once, by `images: sources` or by naming fewer datasets")
    }

    private func straddlingGroups(_ images: [Experiment.Candidate]) -> Finding? {
        guard experiment.splits.contains(where: { $0.division.separateTest != nil }) else { return nil }
        let isTest = { (image: Experiment.Candidate) in image.dataset == experiment.datasets.count }
        let groups = Set(images.filter(isTest).map(\.record.group))
            .intersection(images.filter { !isTest($0) }.map(\.record.group)).sorted()
        guard !groups.isEmpty else { return nil }
        return Finding(
            "training and test are not apart: on both sides are the groups " + Names.list(groups, limit: 3),
            at: splitPlace,
            hint: "images of one group show one object; take them out of one dataset")
    }
}
