extension Experiment {
    /// All datasets, the separate test dataset last.
    public var allDatasets: [DatasetFile] {
        datasets + splits.compactMap(\.division.separateTest)
    }

    /// Number of images that the experiment selects.
    public var candidateCount: Int { candidates.count }

    /// Number of trials: adapters times divisions, of all settings.
    public var trialCount: Int { adapters.count * settings.map(\.division.repeats).reduce(0, +) }
}
