import Foundation
import TestSupport
import Testing

/// Servers that are killed while they train.
@Suite struct ServedInterruptionTests {
    private static let waiting = """
        project = [p["ProjectArn"] for p in client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"]][0]
        answer([v["Status"] for name in input["x"] for v in wait(project, name)])
        """

    private static let asking = """
        projects = client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"]
        project = projects[0]["ProjectArn"] if projects else create("shop")
        threshold = {"ContentModeration": {"ConfidenceThreshold": 50 + input["x"]}}
        answer(train(project, f"v{input['x']}", FeatureConfig=threshold))
        """

    /// Killed with SIGKILL after less and more of the training of each version, which its threshold makes a trial of its own;
    /// then the same requests where nothing is killed.
    @Test func aKilledTrainingGoesOnAndIsTheSame() throws {
        let delays = [0, 0.05, 0.15, 0.3, 0.6, 1.2]
        let (killed, whole) = (try AdapterServer(), try AdapterServer())
        var arns: [String] = []
        for (index, delay) in delays.enumerated() {
            let server = try killed.start()
            arns.append(try AdapterServer.run(Self.asking, index, at: server))
            Thread.sleep(forTimeInterval: delay)
            #expect(server.stop(SIGKILL) == 128 + SIGKILL)
        }
        let names = delays.indices.map { "v\($0)" }
        let server = try killed.start()
        let completed = Array(repeating: "TRAINING_COMPLETED", count: names.count)
        #expect(try AdapterServer.run(Self.waiting, names, at: server, as: [String].self) == completed)
        let undisturbed = try whole.start()
        for index in delays.indices { let _: String = try AdapterServer.run(Self.asking, index, at: undisturbed) }
        #expect(try AdapterServer.run(Self.waiting, names, at: undisturbed, as: [String].self) == completed)

        for (name, arn) in zip(names, arns) {
            let path = "Projects/shop/adapters/\(name)"
            let numbers = try FileManager.default.contentsOfDirectory(
                atPath: killed.project.root.appending(path: path).path
            ).filter { Int($0) != nil }
            #expect(numbers == ["1"], "two versions of one request: \(numbers)")
            let description = try String(
                contentsOf: killed.project.root.appending(path: "\(path)/1/adapter.json"), encoding: .utf8)
            #expect(description.contains(arn), "the ARN is the one that was promised")
            let trials = try [killed, whole].map {
                try Data(contentsOf: $0.project.root.appending(path: "\(path)/1/trial.h5"))
            }
            #expect(trials[0] == trials[1], "heads of \(name) depend on the kill")
        }
    }

    /// The images are gone when the next server goes on.
    @Test func whatIsGoneAfterAKillFailsWithAReason() throws {
        let shop = try AdapterServer()
        let server = try shop.start()
        let _: String = try AdapterServer.run(Self.asking, 0, at: server)
        #expect(server.stop(SIGKILL) == 128 + SIGKILL)
        try FileManager.default.removeItem(at: shop.project.root.appending(path: "s3/photos/train.jsonl"))
        let record = try #require(
            FileManager.default.contents(
                atPath: shop.project.root.appending(path: "Projects/shop/trainings/v0/training.json").path))
        // The kill came before the training's end, or else there is nothing to go on with.
        guard String(decoding: record, as: UTF8.self).contains("in_progress") else { return }
        let next = try shop.start()
        let message: String = try AdapterServer.run(
            """
            project = client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"][0]["ProjectArn"]
            answer(wait(project, "v0")[0]["StatusMessage"])
            """, at: next)
        #expect(message == "The training manifest cannot be read: there is no object s3://photos/train.jsonl")
    }
}
