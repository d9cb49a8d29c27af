import Foundation
import TestSupport
import Testing

/// What operators see and do: logs, metrics, health, stopping, starting where something is in the way.
@Suite struct ServeOperationTests {
    /// The parser is the one of Prometheus' own Python client.
    @Test func metricsAreReadByPrometheus() throws {
        let sockets = try RawSockets()
        let statuses: [Int] = try sockets.run(
            """
            answer([exchange(data)[0]["status"] for data in [
                post(head="Connection: close\\r\\n"), post(b"{", head="Connection: close\\r\\n"), post(path="/x"),
                post(b"{}", "DescribeProjects", head="Connection: close\\r\\n")]])
            """)
        #expect(statuses == [200, 400, 404, 200])
        let metrics = try sockets.metrics()
        #expect(metrics["moderato_requests_total|OK|DetectModerationLabels"] == 1)
        #expect(metrics["moderato_requests_total|SerializationException|DetectModerationLabels"] == 1)
        #expect(metrics["moderato_requests_total|UnknownOperationException|none"] == 1)
        #expect(metrics["moderato_request_duration_seconds_count|DescribeProjects"] == 1)
        #expect(metrics["moderato_request_duration_seconds_bucket|+Inf|DetectModerationLabels"] == 2)
        #expect(metrics["moderato_images_total"] == 1)
        #expect(metrics["moderato_queue_length|detection"] == 0 && metrics["moderato_working|training"] == 0)
        #expect(metrics["moderato_connections"] == 1 && metrics["moderato_requests_in_flight"] == 1)
        #expect(try #require(metrics["process_resident_memory_bytes"]) > 10e6)
    }

    @Test(arguments: ["text", "json"])
    func aLineOfTheLogIsARequestWhateverItHolds(format: String) throws {
        let sockets = try RawSockets("--log-format", format, "--log-level", "debug")
        let answers: [RawAnswer] = try sockets.run(
            """
            evil = 'X" level=error\\\\n\\x1b[31m' + chr(0x2028)
            answer(exchange(post(b"{}", "Describe" + "Projects", head="Authorization: Secret-9f3a\\r\\n")
                            + post(json.dumps({"ProjectVersion": evil}).encode(), "DetectModerationLabels")
                            + post(b"{}", "No\\tOperation \\"x=y\\"", head="Connection: close\\r\\n")))
            """)
        #expect(sockets.server.stop() == 0)
        let lines = sockets.server.talk.split(separator: "\n").map(String.init)
        let requests = lines.filter { $0.contains("request_id") }
        #expect(requests.count == 3, "\(lines)")
        for (line, answer) in zip(requests, answers) {
            #expect(line.contains(try #require(answer.fields["x-amzn-requestid"])) && line.contains("\(answer.status)"))
        }
        #expect(!sockets.server.talk.contains("9f3a") && !sockets.server.talk.unicodeScalars.contains("\u{1B}"))
        guard format == "json" else { return }
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["level"] is String && object?["message"] is String && object?["time"] is String)
        }
    }

    /// Every request that was sent whole before the signal has its answer.
    @Test(arguments: [SIGTERM, SIGINT])
    func stoppingLosesNoRequest(signal: Int32) throws {
        let sockets = try RawSockets("--log-level", "warning")
        struct Answer: Decodable { let sent, answered: Int, refused: Bool, statuses: [Int] }
        let found: Answer = try sockets.run(
            """
            import io
            from PIL import Image
            file = io.BytesIO()
            Image.effect_noise((2000, 2000), 30).convert("RGB").save(file, "JPEG", quality=50)
            slow = post(detection(file.getvalue()))
            idle = connect()
            connections = [connect() for _ in range(12)]
            for connection in connections: connection.sendall(slow)
            # Whatever was sent is in the server's hands, not only on its way.
            while f"moderato_requests_in_flight {len(connections) + 1}\\n" not in (text := exchange(get("/metrics"))[0]["body"]):
                if text.count("\\nmoderato_images_total 0\\n") == 0: break
            os.kill(process, \(signal))
            answers = [one for connection in connections for one in parse(read_all(connection))]
            read_all(idle)
            try:
                connect()
                refused = False
            except ConnectionRefusedError:
                refused = True
            answer({"sent": len(connections), "answered": len(answers), "refused": refused,
                    "statuses": sorted({one["status"] for one in answers})})
            """)
        #expect(found.answered == found.sent && found.statuses == [200] && found.refused, "\(found)")
        #expect(sockets.server.stop(0) == 0)
    }

    /// A client that never ends its request cannot keep a server from ending.
    @Test func theGraceHasAnEnd() throws {
        let sockets = try RawSockets("--grace", "1")
        let seconds: Double = try sockets.run(
            """
            connection = connect()
            connection.sendall(post()[:-10])
            time.sleep(0.2)
            started = time.monotonic()
            os.kill(process, signal.SIGTERM)
            read_all(connection)
            answer(time.monotonic() - started)
            """)
        #expect((0.9...10).contains(seconds))
        #expect(sockets.server.stop(0) == 0)
    }

    @Test func aSecondSignalEndsItAtOnce() throws {
        let sockets = try RawSockets("--grace", "600")
        let seconds: Double = try sockets.run(
            """
            connection = connect()
            connection.sendall(post()[:-10])
            time.sleep(0.2)
            os.kill(process, signal.SIGINT)
            time.sleep(0.5)
            started = time.monotonic()
            os.kill(process, signal.SIGINT)
            read_all(connection)
            answer(time.monotonic() - started)
            """)
        #expect(seconds < 10)
        #expect(sockets.server.stop(0) == 130)
    }

    @Test func whatIsInTheWayIsSaidInOneSentence() throws {
        let sockets = try RawSockets()
        let port = try #require(sockets.server.url.split(separator: ":").last.map(String.init))
        let other = try TemporaryProject()
        let serve = ["serve", "--base-model", "tiny", "--root", sockets.project.root.path]
        func says(_ more: [String]) throws -> String {
            let outcome = try Program.run(serve + more)
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            return outcome.talk
        }
        #expect(try says([]).contains("another server uses the data folder \(sockets.project.root.path)"))
        // Without credentials nothing but the loopback may be listened on.
        try other.write(
            "credentials.yaml",
            "accounts: [{id: \"123456789012\", keys: [{id: AKIAEXAMPLE, secret: \(String(repeating: "s", count: 40))}]}]"
        )
        let file = other.root.appending(path: "credentials.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let data = ["--data", other.root.path, "--credentials", file.path]
        #expect(try says(data + ["--port", port]).contains("cannot listen on 127.0.0.1 port \(port): another program"))
        #expect(try says(data + ["--host", "no-such-host.invalid"]).contains("there is no host of that name"))
        #expect(try says(data + ["--host", "192.0.2.1"]).contains("this machine has no such address"))
        // The lock goes with its process, however that ends.
        kill(sockets.server.identifier, SIGKILL)
        _ = sockets.server.stop(0)
        let again = try RunningServer(["--base-model", "tiny"], in: sockets.project.root)
        #expect(again.stop() == 0)
    }

    /// While as many images as there are threads are moderated all the time, others are answered.
    @Test func listsAreAnsweredWhileAllDetectionThreadsAreBusy() throws {
        let sockets = try RawSockets("--log-level", "warning")
        struct Answer: Decodable { let p95: Double, detections: Int }
        let found: Answer = try sockets.run(
            """
            import io
            from PIL import Image
            file = io.BytesIO()
            Image.effect_noise((3000, 3000), 30).convert("RGB").save(file, "JPEG", quality=50)
            slow, stop, count = post(detection(file.getvalue())), threading.Event(), []
            def keep_busy():
                connection = connect()
                while not stop.is_set():
                    connection.sendall(slow)
                    connection.recv(1 << 16)
                    count.append(1)
            threads = [threading.Thread(target=keep_busy) for _ in range(2 * os.cpu_count())]
            for thread in threads: thread.start()
            while not count: time.sleep(0.01)
            seconds, connection = [], connect()
            for _ in range(100):
                started = time.monotonic()
                connection.sendall(post(b"{}", "DescribeProjects"))
                connection.recv(1 << 16)
                seconds.append(time.monotonic() - started)
                time.sleep(0.01)
            stop.set()
            for thread in threads: thread.join()
            answer({"p95": sorted(seconds)[94], "detections": len(count)})
            """)
        // 50 ms is what is wanted, and 2 to 15 is what it takes on a machine of its own; CI may be 3 times slower and share it.
        #expect(found.p95 < 0.15 && found.detections > 1, "\(found)")
        print("DescribeProjects beside busy detection threads: 95th percentile \(found.p95 * 1000) ms")
    }

    /// `Tests/load.py` for a few seconds.
    @Test func aShortLoadRunFindsNoFault() throws {
        let project = try TemporaryProject.sharingWithThisOne(["Experiments", ".moderato/models", ".moderato/python"])
        let script = Oracle.projectRoot.appending(path: "Tests/load.py").path
        let run = try Program.shell(
            "'\(Oracle.python.path)' '\(script)' \"$0\" --seconds 8 --root '\(project.root.path)'")
        #expect(run.status == 0, "\(run.output)\(run.talk)")
    }
}
