import Foundation
import TestSupport
import Testing

/// Requests that two programs on the way could read in two ways, and how connections end.
@Suite struct ServeFramingTests {
    /// RFC 9112, 3.2: one host, else 400; 3.2.2: that of the target comes first, so that another one is refused. 6.1: codings other than `chunked`, and any in HTTP/1.0, frame no body. What follows
    /// is not taken for a request.
    @Test func whatCanBeReadInTwoWaysIsRefused() throws {
        let sockets = try RawSockets()
        let statuses: [[Int]] = try sockets.run(
            """
            chunks = b"2\\r\\n{}\\r\\n0\\r\\n\\r\\n"
            coded = lambda coding, version="1.1": post(chunks, "DescribeProjects", length="", version=version,
                                                       head=f"Transfer-Encoding: {coding}\\r\\n")
            broken = [post().replace(b"Host: x\\r\\n", b""), post(head="Host: y\\r\\n"), post(head="host: x\\r\\n"),
                      post(version="1.0", head="Host: y\\r\\n"), post(path="http://y/"), post(path="http://x:80/"), coded("gzip, chunked"), coded("chunked", "1.0")]
            answer([[one["status"] for one in exchange(data + post(b"{}", "DescribeProjects"))] for data in broken] +
                   [[one["status"] for one in exchange(post(b"{}", "DescribeProjects") + broken[1])]] +
                   [[one["status"] for one in exchange(data)] for data in [
                       coded("Chunked\\r\\nConnection: close"), post(path="http://X/", head="Connection: close\\r\\n"),
                       post(version="1.0").replace(b"Host: x\\r\\n", b"")]])
            """)
        #expect(statuses == Array(repeating: [400], count: 8) + [[200, 400], [200], [200], [200]])
    }

    /// Whoever asks for the end of the connection, in any case, waits for it; what follows an offer of another protocol is
    /// in that protocol, so that the connection ends there too.
    @Test func connectionsEndWhereTheyMust() throws {
        // A connection that went on would be read until then.
        let sockets = try RawSockets("--idle-timeout", "600")
        let answers: [[RawAnswer]] = try sockets.run(
            """
            upgrade = "Connection: Upgrade, HTTP2-Settings\\r\\nUpgrade: h2c\\r\\nHTTP2-Settings: AAMAAABkAAQAAP__\\r\\n"
            answer([exchange(data) for data in [
                post(head="Connection: Close\\r\\n"), post(head="Connection: keep-alive, CLOSE\\r\\n"), post(head=upgrade),
                get("/healthz", head=upgrade), get("x:80", "CONNECT", head="")]])
            """)
        #expect(answers.map { $0.map(\.status) } == [[200], [200], [200], [200], [404]])
        #expect(answers.joined().allSatisfy { $0.fields["connection"] == "close" })
    }

    /// Without credentials everybody on the machine may ask, but not a page that one of them looks at: its requests have the
    /// header Origin (Fetch standard, "append a request Origin header"), also where its host's name leads here.
    @Test func pagesInBrowsersHaveNoAccess() throws {
        let sockets = try RawSockets()
        let answers: [RawAnswer] = try sockets.run(
            """
            answer(exchange(post(b"{}", "DescribeProjects", head="Origin: http://x\\r\\n") + post(head="Origin: null\\r\\n")
                            + post(b"{}", "DescribeProjects", head="Connection: close\\r\\n")))
            """)
        #expect(answers.map(\.status) == [400, 400, 200])
        #expect(answers.prefix(2).allSatisfy { $0.body.contains("AccessDeniedException") })
    }

    /// 80 bodies of 7 MB that are declared and never sent would take all 512 MiB, were they reserved.
    @Test func bodiesThatNeverComeTakeNoRoom() throws {
        let sockets = try RawSockets()
        let statuses: [Int] = try sockets.run(
            """
            silent = [connect() for _ in range(80)]
            for connection in silent: connection.sendall(post(b"{", length=7_000_000))
            while "moderato_requests_in_flight 81" not in (text := exchange(get("/metrics"))[0]["body"]): time.sleep(0.05)
            answer([one["status"] for one in exchange(post(detection() + b" " * 5_000_000, head="Connection: close\\r\\n"))])
            """)
        #expect(statuses == [200])
    }
}
