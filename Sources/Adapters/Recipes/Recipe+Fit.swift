public import LinearAlgebra
public import Moderation

/// What training gives for one label.
public struct Fit: Sendable, Equatable {
    /// The head, its operating point included.
    public let head: Head
    /// Scores of the training rows as logits, operating point included, each by a head that was fitted without the row's
    /// group: what the choice of hyperparameters and of the operating point rested on.
    public let outOfFoldScores: [Float]
    /// The hyperparameters chosen, in the recipe's order.
    public let chosen: [ChosenHyperparameter]
    /// Where several adapters were tried, which was chosen and why.
    public let choice: Choice?
    /// Where a rate is guaranteed, the numbers of the training rows that set the threshold and did nothing else.
    public let calibration: [Int]

    init(
        head: Head, outOfFoldScores: [Float], chosen: [ChosenHyperparameter], choice: Choice? = nil,
        calibration: [Int] = []
    ) {
        self.head = head
        self.outOfFoldScores = outOfFoldScores
        self.chosen = chosen
        self.choice = choice
        self.calibration = calibration
    }
}

extension Recipe {
    /// Fits a head to training rows and chooses hyperparameters and operating point, from those rows alone.
    ///
    /// Every candidate gets its best operating point at `threshold` from its out-of-fold scores. The candidate that
    /// comes off best under `objective` wins; where several do, the one nearest to the base. Its head is fitted to all
    /// rows, and the operating point found on out-of-fold scores is applied to it. Where the objective asks for a guarantee,
    /// a part of the rows is held out of all that and sets the operating point of the head: see `RateGuarantee`.
    ///
    /// Throws `.notFinite` for rows that cannot be computed with, `.classMissing` and `.tooFewGroups` for rows that
    /// cannot be learnt from, `.tooFewToPromise` for a guarantee that takes more rows, `.unsolved`, and for
    /// rows that are not in memory `.unreadable` and `.needsMemory`.
    public func fit(
        _ rows: Rows<Training>, threshold: Threshold, objective: Objective = .falseNegatives, seed: Seed
    ) throws(AdapterError) -> Fit {
        try fit([rows], threshold: threshold, objective: objective, seed: seed)[0]
    }

    /// The same for the rows of each of several labels. Labels of the same images share work, so that the last bits of a
    /// head may depend on which labels it is fitted beside; those of a trial are part of its identity.
    public func fit(
        _ labels: [Rows<Training>], threshold: Threshold, objective: Objective = .falseNegatives, seed: Seed
    ) throws(AdapterError) -> [Fit] {
        for rows in labels { try checkFinite(rows) }
        let fitting = Fitting(threshold: threshold, objective: objective, seed: seed, rule: kind.adapter.rule)
        return try fitting.fit(labels) { (labels) throws(AdapterError) in
            try candidates(forEach: labels, seed: seed)
        }
    }

    /// The candidates of `rows`, those nearest to the base first, their scores finite.
    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        try candidates(forEach: [rows], seed: seed)[0]
    }

    /// The same for the rows of each of several labels.
    private func candidates(forEach labels: [Rows<Training>], seed: Seed) throws(AdapterError) -> [[Candidate]] {
        for rows in labels where kind.adapter.needsMemory && !rows.images.isInMemory {
            throw .needsMemory(label: rows.label, adapter: kind.rawValue)
        }
        let candidates = try kind.adapter.init(self).candidates(forEach: labels, seed: seed)
        for (rows, candidates) in zip(labels, candidates) { try checkFinite(candidates, label: rows.label) }
        return candidates
    }

    private func checkFinite(_ rows: Rows<Training>) throws(AdapterError) {
        if let row = rows.baseScores.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(label: rows.label, quantity: "base score", row: row)
        }
        let firsts = try reading(rows.label) { () throws(EmbeddingsUnreadable) in
            try rows.images.pass(from: Int?.none) { first, block, embeddings in
                guard first == nil else { return }
                first = block.first { !squaredNorm(embeddings.row($0 - block.lowerBound)).isFinite }
            }
        }
        if let row = firsts.compactMap({ $0 }).first {
            throw .notFinite(label: rows.label, quantity: "embedding", row: row)
        }
    }

    private func checkFinite(_ candidates: [Candidate], label: Label) throws(AdapterError) {
        for candidate in candidates {
            if let row = candidate.outOfFoldScores.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(label: label, quantity: "\(kind.rawValue) score", row: row)
            }
        }
    }
}
