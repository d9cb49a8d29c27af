import Foundation
import TestSupport
import Testing

/// The server's background work: what the disk refuses for a while, and what it leaves to requests.
@Suite struct ServedBackgroundTests {
    private static let job = """
        {"OperationsConfig": {"DetectModerationLabels": {}}, "ClientRequestToken": "token",
         "Input": {"S3Object": {"Bucket": "photos", "Name": "train.jsonl"}}, "OutputConfig": {"S3Bucket": "results"}}
        """

    /// Waits until the server has said `text`; it has a minute.
    private func wait(for text: String, from server: RunningServer) -> Bool {
        for _ in 0..<600 {
            if server.talk.contains(text) { return true }
            Thread.sleep(forTimeInterval: 0.1)
        }
        return false
    }

    /// A training and a job whose locks cannot be made go on by themselves once they can.
    @Test func whatTheDiskRefusesGoesOnOnceItMay() throws {
        let shop = try AdapterServer(images: 30)
        var server = try shop.start()
        let id: String = try AdapterServer.run(
            """
            job = client.start_media_analysis_job(**\(Self.job))["JobId"]
            while client.get_media_analysis_job(JobId=job)["Status"] != "SUCCEEDED": time.sleep(0.1)
            answer(job)
            """, at: server)
        #expect(server.stop() == 0)
        let root = shop.project.root
        // The same token starts the job of the same id.
        try FileManager.default.removeItem(at: root.appending(path: "Jobs/\(id).json"))
        try FileManager.default.createDirectory(
            at: root.appending(path: "Jobs/\(id).lock"), withIntermediateDirectories: false)
        try shop.project.write(".moderato/locks/trainings", "no folder")
        server = try shop.start()
        let statuses: [String] = try AdapterServer.run(
            """
            project = create("shop")
            train(project, "v")
            job = client.start_media_analysis_job(**\(Self.job))["JobId"]
            answer([job])
            """, at: server)
        #expect(statuses == [id])
        #expect(wait(for: "a training stopped, and is tried again", from: server))
        #expect(wait(for: "a media analysis job stands still, and is tried again", from: server))
        try FileManager.default.removeItem(at: root.appending(path: ".moderato/locks/trainings"))
        try FileManager.default.removeItem(at: root.appending(path: "Jobs/\(id).lock"))
        let ended: [String] = try AdapterServer.run(
            """
            project = client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"][0]["ProjectArn"]
            version = wait(project, "v")[0]["Status"]
            for _ in range(600):
                job = client.get_media_analysis_job(JobId=input["x"])["Status"]
                if job == "SUCCEEDED": break
                time.sleep(0.1)
            answer([version, job])
            """, id, at: server)
        #expect(ended == ["TRAINING_COMPLETED", "SUCCEEDED"])
    }

    #if os(Linux)
        /// `proc(5)`: of a thread's `stat`, the 19th value is its nice value, the 17th behind the name in parentheses.
        private func niceThreads(of server: RunningServer) throws -> Int {
            let tasks = "/proc/\(server.identifier)/task"
            return try FileManager.default.contentsOfDirectory(atPath: tasks).count { task in
                let stat = (try? String(contentsOfFile: "\(tasks)/\(task)/stat", encoding: .utf8)) ?? ""
                let values = stat.split(separator: ") ").last?.split(separator: " ") ?? []
                return values.count > 16 && values[16] == "10"
            }
        }

        /// That of the trainings and that of the jobs ask for little of a core that requests want.
        @Test func twoThreadsGiveWayToRequests() throws {
            let shop = try AdapterServer(images: 6)
            let server = try shop.start()
            for _ in 0..<100 where try niceThreads(of: server) < 2 { Thread.sleep(forTimeInterval: 0.1) }
            #expect(try niceThreads(of: server) == 2)
        }
    #endif
}
