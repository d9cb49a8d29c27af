internal import ArgumentParser
internal import Foundation

/// Questions before something goes for good.
enum Confirmation {
    /// Whether a person answers `question` with yes; an error where nobody is there to be asked.
    static func ask(_ question: String) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ValidationError("nobody is there to be asked `\(question)`; --yes answers it")
        }
        Talk.write("\(question) [y/N] ")
        return ["y", "yes"].contains((readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased())
    }
}
