extension Experiment {
    /// All datasets, the separate test dataset last.
    public var allDatasets: [DatasetFile] {
        guard case .separate(let test, _) = division else { return datasets }
        return datasets + [test]
    }

    /// Number of images that the experiment selects.
    public var candidateCount: Int { candidates.count }

    /// Number of trials: adapters times divisions.
    public var trialCount: Int { adapters.count * division.repeats }
}
