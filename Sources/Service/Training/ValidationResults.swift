internal import Foundation
internal import Harness

extension TrainingManifest {
    /// The manifest with what is wrong in each line: the line as it was given, and `errors` where there are any.
    var validation: Data { Data(lines.map { $0.validation + "\n" }.joined().utf8) }
}

extension TrainingManifest.Line {
    fileprivate var validation: String {
        guard let fault else { return text }
        var members: [String: JSONValue] = [:]
        if case .object(let given)? = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) {
            members = given
        }
        members["errors"] = .list([.object(["code": .text(fault.code), "message": .text(fault.message)])])
        return JSONValue.object(members).text()
    }
}

/// The manifest summary: how many lines of each manifest are of use, and what is wrong.
struct ManifestSummary: Encodable {
    let statistics: Statistics
    /// What concerns both manifests.
    let errors: [TrainingManifest.Fault]

    struct Statistics: Encodable {
        let training: OfManifest
        let testing: OfManifest
    }

    /// One manifest; its keys are those of Custom Labels' summary.
    struct OfManifest: Encodable {
        let useCase = Feature.contentModeration.rawValue
        let total: Int
        let valid: Int
        let invalid: Int
        let ignored: Int
        /// Numbers of lines, from 1.
        let wrongLines: [Int]
        let errors: [TrainingManifest.Fault]

        private enum CodingKeys: String, CodingKey {
            case useCase = "use_case"
            case total = "total_json_lines"
            case valid = "valid_json_lines"
            case invalid = "invalid_json_lines"
            case ignored = "ignored_json_lines"
            case wrongLines = "error_json_line_indices"
            case errors
        }

        init(_ manifest: TrainingManifest) {
            let wrong = manifest.lines.filter { $0.fault != nil && !$0.isIgnored }
            total = manifest.lines.count
            valid = manifest.lines.count(where: \.isValid)
            invalid = wrong.count
            ignored = manifest.lines.count(where: \.isIgnored)
            wrongLines = wrong.map(\.number)
            errors = manifest.faults
        }

        /// What is held out of a training manifest: all of it is in order.
        init(heldOut count: Int) {
            total = count
            valid = count
            invalid = 0
            ignored = 0
            wrongLines = []
            errors = []
        }
    }

    /// - Parameter heldOut: number of images held out of the training manifest, where there is no test manifest.
    init(training: TrainingManifest, test: TrainingManifest?, heldOut: Int = 0) {
        statistics = Statistics(
            training: OfManifest(training), testing: test.map { OfManifest($0) } ?? OfManifest(heldOut: heldOut))
        errors = []
    }
}
