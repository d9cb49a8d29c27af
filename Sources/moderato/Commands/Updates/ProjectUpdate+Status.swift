internal import Evaluation
internal import Harness

extension ProjectUpdate {
    /// How the program ends after it; `nil` where all went well. What could not be done counts before what was not let in.
    var status: ExitStatus? {
        if hasRefusals { return .failure }
        return switch verdict {
        case .fail: .gateFailed
        case .inconclusive: .gateInconclusive
        case .pass, nil: nil
        }
    }
}
