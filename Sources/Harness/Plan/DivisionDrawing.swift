internal import Moderation

/// What the divisions of an experiment are drawn from, looked up once for all of them.
struct DivisionDrawing: Sendable {
    let experiment: Experiment
    let table: TruthTable
    private let images: [SelectedImage]
    /// Of each setting what is divided at random, if it is.
    private let strata: [SplitDescription.Strata?]
    /// Of each setting the source of each image, where the division keeps to sources.
    private let sources: [[String]]

    init(_ experiment: Experiment, images: [SelectedImage]) {
        let records = images.map(\.record)
        let table = TruthTable(records, labels: experiment.labels)
        self.experiment = experiment
        self.table = table
        self.images = images
        let descriptions = experiment.settings.map(\.division.description)
        strata = descriptions.map { $0?.strata(of: records, table) }
        sources = descriptions.map { description in
            guard let description, description.unit == .source else { return [] }
            return records.map(description.unit)
        }
    }

    /// Division number `repetition` of all images in the setting at `setting`, whatever the training size.
    func whole(setting: Int, repetition: Int) -> Split {
        if let description = experiment.settings[setting].division.description, let strata = strata[setting] {
            return description.split(strata, repetition: repetition)
        }
        let training = experiment.datasets.count
        return Split(
            training: images.indices.filter { images[$0].dataset < training },
            test: images.indices.filter { images[$0].dataset == training })
    }

    /// The source of each image, where the setting at `setting` keeps to sources; none otherwise.
    func sources(setting: Int) -> [String] { sources[setting] }
}

extension Experiment.Division {
    /// How images are divided at random, if they are.
    var description: SplitDescription? {
        if case .random(let description) = self { description } else { nil }
    }
}
