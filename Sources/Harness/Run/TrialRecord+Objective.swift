internal import Adapters
internal import Evaluation
internal import Foundation
internal import Moderation

extension TrialRecord {
    /// What hyperparameters and operating points were chosen for.
    var objective: Objective {
        get throws(Findings) {
            struct Asked: Decodable { let objective: JSONValue }
            let asked = try? JSONDecoder().decode(Asked.self, from: Data(specification.utf8))
            guard let objective = asked.flatMap({ Objective(specification: $0.objective) }) else {
                throw Findings([Finding("trial \(id.short) does not say what it was trained for")])
            }
            return objective
        }
    }
}
