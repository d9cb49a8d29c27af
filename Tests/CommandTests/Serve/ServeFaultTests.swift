import Foundation
import TestSupport
import Testing

/// Faults of the server and of its disk: the log says where, an answer says that there is one.
@Suite struct ServeFaultTests {
    @Test func aTrainingThatTheDiskStopsTellsNoPath() throws {
        let shop = try AdapterServer()
        try shop.project.write(".moderato/trials", "in the way")
        let server = try shop.start()
        let message: String = try AdapterServer.run(
            """
            project = create("shop")
            train(project, "a")
            answer(wait(project, "a")[0]["StatusMessage"])
            """, at: server)
        #expect(message == "The training failed because of a fault in the server, which its log tells of")
        #expect(server.stop() == 0)
        #expect(server.talk.contains(/error a training failed .*trials/))
    }

    /// The longest names there are, and lines that are as long as lines may be: no wait, and answers of a few lines.
    @Test func whateverIsLongIsAnsweredShortly() throws {
        let shop = try AdapterServer()
        let long = String(repeating: "a", count: 300_000)
        try shop.write("labels.jsonl", [AdapterServer.line(0, labels: [long])])
        try shop.write("keys.jsonl", [AdapterServer.line(0).replacing("images/", with: long)])
        try shop.write(
            "buckets.jsonl",
            (0..<5000).map { AdapterServer.line(0).replacing("photos", with: "\($0)\(long.prefix(50))") })
        struct Answer: Decodable { let status: String, lengths: [Int], seconds: Double }
        let answer: Answer = try AdapterServer.run(
            """
            project = create("p" * 255)
            started = time.monotonic()
            for name in ["labels", "keys", "buckets"]: train(project, name, f"{name}.jsonl")
            lengths = [len(wait(project, name)[0]["StatusMessage"]) for name in ["labels", "keys", "buckets"]]
            seconds = time.monotonic() - started
            train(project, "v" * 255)
            answer({"status": wait(project, "v" * 255)[0]["Status"], "lengths": lengths, "seconds": seconds})
            """, at: try shop.start())
        #expect(answer.status == "TRAINING_COMPLETED")
        #expect(answer.lengths.allSatisfy { (1..<1500).contains($0) }, "\(answer.lengths)")
        // Looking for what is near 300,000 letters took minutes.
        #expect(answer.seconds < 60)
    }
}
