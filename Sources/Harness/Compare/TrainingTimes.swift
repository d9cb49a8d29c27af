internal import Foundation
public import Moderation
internal import Store

/// How long the trials of a workspace took to train, as the logs of its runs say.
public struct TrainingTimes: Sendable {
    private let seconds: [String: Double]

    /// A line of a log that tells of a trial; others do not read as one.
    private struct Line: Decodable {
        let trial: String
        let wallSeconds: Double
    }

    /// Reads the logs of `workspace`, oldest first: of a trial that was trained again the last time counts. A log or a line
    /// that cannot be read says nothing.
    public init(of workspace: Workspace) {
        let folder = workspace.store.appending(path: "runs")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        var seconds: [String: Double] = [:]
        for name in names.filter({ $0.hasSuffix(".jsonl") }).sorted() {
            for text in (try? LineFile.lines(of: folder.appending(path: name))) ?? [] {
                guard let line = try? decoder.decode(Line.self, from: Data(text.utf8)), line.wallSeconds >= 0 else {
                    continue
                }
                seconds[line.trial] = line.wallSeconds
            }
        }
        self.seconds = seconds
    }

    /// The median over those of `trials` that a log tells of; `nil` where none does.
    public func median(of trials: [Digest]) -> Double? {
        let known = trials.compactMap { seconds[$0.description] }.sorted()
        guard !known.isEmpty else { return nil }
        return (known[(known.count - 1) / 2] + known[known.count / 2]) / 2
    }
}
