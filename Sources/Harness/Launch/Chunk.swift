public import Foundation
public import Moderation
internal import Store

/// The file of the trials of one task: their ids, one a line.
public struct Chunk {
    /// The file.
    public let file: URL

    public init(file: URL) {
        self.file = file
    }

    /// The ids of the trials.
    ///
    /// - Throws: `RunError.unreadable` where the file is not there, or holds anything else.
    public func trials() throws -> [Digest] {
        let text: String
        do {
            text = try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw RunError.unreadable(path: file.path, reason: "there is no such file")
        }
        return try text.split(separator: "\n").map { line in
            guard let id = Digest(hexadecimal: line) else {
                throw RunError.unreadable(path: file.path, reason: "`\(line)` is not a trial's id")
            }
            return id
        }
    }

    /// Writes `trials`.
    func write(_ trials: [Digest]) throws {
        let text = trials.map { "\($0)\n" }.joined()
        // The cluster's machines need the file now; after a power failure the launch is made anew.
        try AtomicFile.write(Data(text.utf8), to: file, durability: .system)
    }
}
