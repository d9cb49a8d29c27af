import Foundation
import TestSupport
import Testing

/// Bulk jobs as boto3 sees them, and as a server that is killed leaves them.
@Suite struct MediaAnalysisTests {
    @Test func jobsAnswerAsTheOperationForEachImage() throws {
        let folder = try ServiceFolder()
        let server = try folder.start()
        let ids: [String] = try folder.run("media_analysis.py", server)
        #expect(Set(ids).count == ids.count)
        #expect(server.stop() == 0)
        // What jobs worked with is gone with them.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.data.appending(path: "Jobs/open").path) == [])
    }
}

extension MediaAnalysisTests {
    /// Killed at moments that no one chose, a job has each line once, in order, and the bytes of a job in peace.
    @Test func aKilledServerGoesOnWhereItWas() throws {
        let folder = try ServiceFolder(images: 8)
        var server = try folder.start()
        let peace: Ended = try folder.run("start_job.py", server, ["lines": "60", "wait": "yes"])
        #expect(peace.status == "SUCCEEDED")
        let lines = peace.results.split(separator: "\n")
        #expect(lines.count == 60)
        let started: Started = try folder.run("start_job.py", server, ["lines": "60", "token": "killed"])
        var kills = 0
        while FileManager.default.fileExists(atPath: folder.open(started.id).path), kills < 12 {
            // Sometimes at once, sometimes in the midst of it.
            usleep(useconds_t(kills * 40_000))
            #expect(server.stop(SIGKILL) == 128 + SIGKILL)
            kills += 1
            server = try folder.start()
        }
        let ended: Ended = try folder.run("wait_job.py", server, ["job": started.id])
        #expect(kills >= 2)
        #expect(ended.status == "SUCCEEDED")
        #expect(ended.results == peace.results)
        // The client that was cut off asks again.
        let again: Started = try folder.run("start_job.py", server, ["lines": "60", "token": "killed"])
        #expect(again.id == started.id)
    }

    @Test func aStoppedServerLeavesTheRestToTheNext() throws {
        let folder = try ServiceFolder(images: 8)
        var server = try folder.start()
        let started: Started = try folder.run("start_job.py", server, ["lines": "250"])
        #expect(server.stop() == 0)
        #expect(FileManager.default.fileExists(atPath: folder.open(started.id).path))
        server = try folder.start()
        let ended: Ended = try folder.run("wait_job.py", server, ["job": started.id])
        #expect(ended.status == "SUCCEEDED")
        #expect(ended.results.split(separator: "\n").count == 250)
    }

    /// Half a line, a line of another place, a copy of the manifest that is gone.
    @Test func whatACrashLeftIsMendedOrSaid() throws {
        let folder = try ServiceFolder(images: 4)
        var server = try folder.start()
        // The first second is the first job's, and no machine moderates as many images in it.
        let ids: [String] = try folder.run("start_job.py", server, ["lines": "250", "jobs": "3"])
        var progress: String?
        for _ in 0..<3000 where progress == nil {
            usleep(10_000)
            let work = try FileManager.default.contentsOfDirectory(atPath: folder.open(ids[0]).path)
            progress = work.first { $0.hasPrefix("progress") }
        }
        #expect(server.stop(SIGKILL) == 128 + SIGKILL)
        for (id, harm) in zip(ids, ["{\"index\":", "{\"index\":7,\"result\":\"x\"}\n", nil]) {
            let work = folder.open(id)
            guard let harm else {
                try FileManager.default.removeItem(at: work.appending(path: "manifest.jsonl"))
                continue
            }
            let progress = work.appending(path: try #require(progress))
            let before = (try? Data(contentsOf: progress)) ?? Data()
            try (before + Data(harm.utf8)).write(to: progress)
        }
        server = try folder.start()
        for id in ids.dropLast() {
            let ended: Ended = try folder.run("wait_job.py", server, ["job": id])
            #expect(ended.status == "SUCCEEDED")
            #expect(ended.results.split(separator: "\n").count == 250 && !ended.results.contains("\nx"))
        }
        let lost: Ended = try folder.run("wait_job.py", server, ["job": ids[2]])
        #expect(lost.status == "FAILED" && lost.code == "INVALID_MANIFEST")
    }

    @Test func anAccountHasTwentyOpenJobs() throws {
        let folder = try ServiceFolder(images: 1)
        let server = try folder.start()
        let full: Full = try folder.run("open_jobs.py", server)
        #expect(full.message == "20 open Jobs for User arn:aws:iam::000000000000:root Maximum limit: 20")
        #expect(Set(full.ids).count == 20)
    }

    @Test func jobsOfMoreThanAYearAgoAreGone() throws {
        let folder = try ServiceFolder(images: 1)
        var server = try folder.start()
        let ids = try (0..<2).map { _ in (try folder.run("start_job.py", server, ["lines": "1"]) as Started).id }
        for id in ids { let _: Ended = try folder.run("wait_job.py", server, ["job": id]) }
        #expect(server.stop() == 0)
        let file = folder.data.appending(path: "Jobs/\(ids[0]).json")
        let year = 365 * 24 * 60 * 60 * 1000
        let text = try String(contentsOf: file, encoding: .utf8).replacing(
            /"created_milliseconds" : ([0-9]+)/
        ) { match in "\"created_milliseconds\" : \((Int(match.1) ?? 0) - year - 1000)" }
        try Data(text.utf8).write(to: file)
        server = try folder.start()
        #expect(try folder.run("list_jobs.py", server) == [ids[1]])
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    struct Full: Decodable {
        let message: String
        let ids: [String]
    }

    struct Started: Decodable { let id: String }

    struct Ended: Decodable {
        let status: String
        let code: String?
        let results: String
    }
}
