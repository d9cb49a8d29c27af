import Evaluation
import Moderation

/// What the oracle `comparison.py` is told: nothing that was counted.
struct OracleInput: Encodable {
    let records: [Record]
    let adapters: [String]

    struct Record: Encodable {
        let adapter: String
        let repetition: Int
        let threshold: Double
        let part: [Int]
        let group: [String]
        let truth: [Int]
        let base: [Float]
        let scores: [Float]

        init(_ record: TrialRecord) {
            adapter = record.adapter
            repetition = record.repetition
            threshold = record.thresholdConfidence
            part = record.parts.map { Int($0.rawValue) }
            group = record.images.map(\.group)
            truth = record.labels[0].truth.map { $0 == .present ? 1 : $0 == .absent ? 0 : 2 }
            base = record.labels[0].baseScores
            scores = record.labels[0].adapterScores
        }
    }
}
