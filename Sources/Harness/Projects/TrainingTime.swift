internal import Foundation
internal import Moderation
internal import Store

extension Workspace {
    /// How many seconds the training of the trial `id` took, by the log of the run that trained it last; `nil` where no
    /// log of this workspace has it.
    func trainingSeconds(of id: Digest) -> Double? {
        let folder = store.appending(path: "runs")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted().reversed()
        for name in names where name.hasSuffix(".jsonl") {
            let lines = (try? LineFile.lines(of: folder.appending(path: name))) ?? []
            if let line = lines.last(where: { $0.contains(id.description) }) {
                return (try? JSONDecoder().decode(LoggedTrial.self, from: Data(line.utf8)))?.seconds
            }
        }
        return nil
    }
}

/// What the log of a run says of a trial, as far as it matters here.
private struct LoggedTrial: Decodable {
    let seconds: Double

    private enum CodingKeys: String, CodingKey { case seconds = "wall_seconds" }
}
