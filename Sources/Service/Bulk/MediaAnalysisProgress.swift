internal import Foundation
internal import Harness
internal import Store

/// What a job that is not finished has done so far: a file with a line for each line of its manifest, in order.
///
/// It only grows, so that a process that is killed loses at most the image it was at.
struct MediaAnalysisProgress {
    /// What became of a line of the manifest.
    struct Entry: Codable, Sendable {
        /// Its place among the lines that are not blank, from 0 on.
        let index: Int
        /// The line of the results.
        var result: String?
        /// Why there is none.
        var error: MediaAnalysisLineError?
    }

    /// How many lines of the manifest are done.
    private(set) var count: Int
    private let file: URL
    private let lines: LineFile

    /// Goes on behind what `file` has; what a crash tore off is cut away.
    init(continuing file: URL) throws {
        let bytes = (try? Data(contentsOf: file)) ?? Data()
        let whole = bytes.prefix(bytes.lastIndex(of: Self.lineFeed).map { $0 + 1 } ?? 0)
        if whole.count < bytes.count { try AtomicFile.write(whole, to: file) }
        self.file = file
        count = whole.count { $0 == Self.lineFeed }
        lines = try LineFile(appendingTo: file)
    }

    mutating func append(_ entry: Entry) throws {
        try lines.append(try entry.json())
        count += 1
    }

    /// All entries; `nil` where the file does not have one for each line in order, which a power failure can do: then it is
    /// cut off behind the last that is right.
    mutating func entries() throws -> [Entry]? {
        let texts = try LineFile.lines(of: file)
        let decoder = JSONDecoder()
        var entries: [Entry] = []
        for text in texts {
            guard let entry = try? decoder.decode(Entry.self, from: Data(text.utf8)), entry.index == entries.count
            else {
                try AtomicFile.write(Data(texts.prefix(entries.count).map { $0 + "\n" }.joined().utf8), to: file)
                return nil
            }
            entries.append(entry)
        }
        return entries
    }

    private static let lineFeed = UInt8(ascii: "\n")
}
