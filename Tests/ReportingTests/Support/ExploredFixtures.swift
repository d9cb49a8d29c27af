import Evaluation
import Moderation
import Reporting

/// Pages of random records under any number of adapters.
enum ExploredFixtures {
    /// A page of `adapters` adapters, the records it is made of, and no picture.
    static func page(adapters count: Int, repeats: Int) throws -> (page: PageInput, records: [TrialRecord]) {
        // Every round has the same images and base scores, and other adapter scores.
        let rounds = (0..<(count + 3) / 4).map { round in
            RandomRecords(seed: 4, repeats: repeats, largestGroup: 3, noise: 0.3 * Float(round)).records
                .map { $0.renamed("\($0.adapter)-\(round == 1 ? "with-a-long-name" : "\(round)")") }
        }
        let names = rounds.joined().map(\.adapter).reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }.prefix(count)
        let records = rounds.joined().filter { names.contains($0.adapter) }
        let report = try Fixtures.input(records, adapters: Array(names), split: "halves, \(repeats) repeats")
        let explorations = try LabelExploration.all(records: records, adapters: Array(names))
        let galleries = Gallery.all(report, records: records, isSensitive: { _ in false })
        return (PageInput(report: report, explorations: explorations, galleries: galleries), records)
    }
}

extension TrialRecord {
    fileprivate func renamed(_ adapter: String) -> TrialRecord {
        TrialRecord(
            id: Digest(of: "\(adapter) \(repetition)"), specification: specification, determinants: determinants,
            adapter: adapter, repetition: repetition, thresholdConfidence: thresholdConfidence, images: images,
            parts: parts, labels: labels)
    }
}
