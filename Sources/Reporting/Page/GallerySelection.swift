public import Evaluation
public import Moderation

extension Gallery {
    /// The galleries of the main setting, without pictures: of each label the images that the adapter of the report's answer
    /// fixed, broke and left wrong, for each kind of error.
    ///
    /// Over repeats an image may meet several fates; it stands under its most frequent one, the worse of equals. First come
    /// those that met it in the largest share of their tests, then those about which the model that was wrong, the base model
    /// of a fixed image and else the adapter, was furthest off.
    ///
    /// - Parameters:
    ///   - records: the finished trials of the main setting, in any order.
    ///   - isSensitive: whether no picture of what happened to a label may be shown.
    ///   - most: images of a gallery at the most.
    public static func all(
        _ input: ReportInput, records: [TrialRecord], isSensitive: (Label) -> Bool, most: Int = 60
    ) -> [Gallery] {
        input.comparison.labels.enumerated().flatMap { index, label -> [Gallery] in
            guard let row = Answer.subject(of: label, objective: input.objective) else { return [] }
            let trials = records.filter { $0.adapter == row.adapter }
            return Fate.allCases.flatMap { fate in
                ErrorKind.allCases.compactMap { kind in
                    let images = row.imageTests[kind].rows.filter { Fate($0.counts) == fate }.map { tests in
                        Image(
                            tests, path: input.comparison.images[tests.image].path,
                            scores: trials.filter { $0.parts[tests.image] == .test }.map { $0.labels[index] })
                    }
                    guard !images.isEmpty else { return nil }
                    return Gallery(
                        label: label.label, adapter: row.adapter, fate: fate, kind: kind,
                        images: Array(images.ordered(fate, kind).prefix(most)), total: images.count,
                        isSensitive: isSensitive(label.label))
                }
            }
        }
    }

    /// The gallery with a picture of each image that `thumbnail` has one of, by path.
    public func showing(_ thumbnail: (String) -> Thumbnail?) -> Gallery {
        Gallery(
            label: label, adapter: adapter, fate: fate, kind: kind,
            images: images.map { image in
                Image(
                    path: image.path, counts: image.counts, baseConfidence: image.baseConfidence,
                    adapterConfidence: image.adapterConfidence,
                    thumbnail: isSensitive ? nil : thumbnail(image.path))
            }, total: total, isSensitive: isSensitive)
    }
}

extension Gallery.Fate {
    /// The most frequent fate of an image, the worse of equals; `nil` where both models are right in every test.
    fileprivate init?(_ counts: PairedCounts) {
        let fates: [(fate: Gallery.Fate, times: Int)] = [
            (.fixed, counts.fixed), (.stillWrong, counts.bothWrong), (.broken, counts.broken),
        ]
        guard let most = fates.max(by: { $0.times <= $1.times }), most.times > 0 else { return nil }
        self = most.fate
    }

    /// How often it was met.
    fileprivate func times(in counts: PairedCounts) -> Int {
        switch self {
        case .fixed: counts.fixed
        case .broken: counts.broken
        case .stillWrong: counts.bothWrong
        }
    }
}

extension Gallery.Image {
    /// The image of `tests`, what its tests found being `scores`, at least one.
    fileprivate init(_ tests: ImageTests, path: String, scores: [LabelResult]) {
        let confidence = { (scores: [Float]) in
            scores.map(Threshold.confidence(of:)).reduce(0, +) / Double(scores.count)
        }
        self.init(
            path: path, counts: tests.counts,
            baseConfidence: confidence(scores.prefix(1).map { $0.baseScores[tests.image] }),
            adapterConfidence: confidence(scores.map { $0.adapterScores[tests.image] }), thumbnail: nil)
    }
}

extension [Gallery.Image] {
    /// The images by how much they belong into the gallery, else in the order given.
    fileprivate func ordered(_ fate: Gallery.Fate, _ kind: ErrorKind) -> [Gallery.Image] {
        let key = { (image: Gallery.Image) -> (Double, Double) in
            let share = Double(fate.times(in: image.counts)) / Double(image.counts.images)
            let confidence = fate == .fixed ? image.baseConfidence : image.adapterConfidence
            return (-share, kind == .falseNegatives ? confidence : -confidence)
        }
        return enumerated().map { (key($0.element), $0.offset, $0.element) }.sorted {
            ($0.0.0, $0.0.1, $0.1) < ($1.0.0, $1.0.1, $1.1)
        }.map(\.2)
    }
}
