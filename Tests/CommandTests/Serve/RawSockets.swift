import Foundation
import TestSupport

/// A server on a project of tiny images, and clients that speak to it over bare sockets, whatever they please.
struct RawSockets {
    let project: TemporaryProject
    let server: RunningServer

    init(_ arguments: String...) throws {
        project = try TemporaryProject()
        try project.makeImages(2)
        server = try RunningServer(arguments + ["--base-model", "tiny"], in: project.root)
    }

    /// What `script` answers, which has the functions below.
    func run<Output: Decodable>(_ script: String, as type: Output.Type = Output.self) throws -> Output {
        let input = [server.url, project.root.appending(path: "Datasets/d/images/0.png").path, "\(server.identifier)"]
        return try Oracle.run(Self.prelude + script, input: input, as: type)
    }

    /// The memory, connections and counts of `/metrics`, by name with its labels.
    func metrics() throws -> [String: Double] {
        try run(
            """
            from prometheus_client.parser import text_string_to_metric_families
            text = exchange(get("/metrics"))[0]["body"]
            samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
            answer({name + "".join(f"|{value}" for key, value in sorted(labels.items())): value
                    for name, labels, value, *_ in samples})
            """)
    }

    private static let prelude = """
        import base64, os, signal, socket, threading, time
        host, port = input[0].split("//")[1].split(":")
        image = open(input[1], "rb").read()
        process = int(input[2])

        def detection(data=image):
            return json.dumps({"Image": {"Bytes": base64.b64encode(data).decode()}, "MinConfidence": 1}).encode()

        def post(body=None, operation="DetectModerationLabels", head="", version="1.1", length=None, path="/", method="POST"):
            body = detection() if body is None else body
            length = f"Content-Length: {len(body) if length is None else length}\\r\\n" if length != "" else ""
            return (f"{method} {path} HTTP/{version}\\r\\nHost: x\\r\\nContent-Type: application/x-amz-json-1.1\\r\\n"
                    f"X-Amz-Target: RekognitionService.{operation}\\r\\n{length}{head}\\r\\n").encode() + body

        def get(path, method="GET", head="Connection: close\\r\\n"):
            return f"{method} {path} HTTP/1.1\\r\\nHost: x\\r\\n{head}\\r\\n".encode()

        def connect(timeout=60):
            connection = socket.create_connection((host, int(port)))
            connection.settimeout(timeout)
            return connection

        def read_all(connection):
            parts = []
            try:
                while part := connection.recv(1 << 16): parts.append(part)
            except ConnectionResetError:
                parts.append(b"RESET")
            return b"".join(parts)

        def parse(data, method="POST"):
            answers = []
            while data:
                head, end, data = data.partition(b"\\r\\n\\r\\n")
                lines = head.decode("latin-1").split("\\r\\n")
                if not end or not lines[0].startswith("HTTP/1.1 "):
                    answers.append({"status": 0, "fields": {}, "body": head.decode("latin-1")})
                    break
                fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
                length = 0 if method == "HEAD" else int(fields.get("content-length", 0))
                answers.append({"status": int(lines[0].split()[1]), "fields": fields,
                                "body": data[:length].decode("latin-1")})
                data = data[length:]
            return answers

        def exchange(*parts, half_close=False, method="POST"):
            connection = connect()
            for part in parts: connection.sendall(part)
            if half_close: connection.shutdown(socket.SHUT_WR)
            data = read_all(connection)
            connection.close()
            return parse(data, method)

        def drip(connection, data, seconds, pause=0.1):
            # Byte for byte, until the server has enough of it.
            started = time.monotonic()
            try:
                for byte in data:
                    connection.sendall(bytes([byte]))
                    time.sleep(pause)
                    if time.monotonic() - started > seconds: break
            except (BrokenPipeError, ConnectionResetError): pass
            return read_all(connection), time.monotonic() - started

        """
}

/// One answer as it came.
struct RawAnswer: Decodable {
    let status: Int
    let fields: [String: String]
    let body: String
}
