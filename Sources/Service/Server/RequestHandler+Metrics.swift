internal import Foundation
internal import Harness

extension RequestHandler {
    /// Everything that `/metrics` says.
    var metricsText: String {
        var text = PrometheusText()
        addRequests(&text, metrics.current)
        addQueues(&text)
        addConnections(&text, connections.counts)
        addProcess(&text)
        return text.text
    }

    private func addRequests(_ text: inout PrometheusText, _ counts: ServerMetrics.Counts) {
        let requests = counts.requests.sorted { ($0.key.operation, $0.key.code) < ($1.key.operation, $1.key.code) }
        text.add(
            "moderato_requests_total", "counter", help: "Requests answered, by operation and exception (OK for none).",
            requests.map { ([("operation", $0.key.operation), ("code", $0.key.code)], Double($0.value)) })
        text.add(
            "moderato_request_duration_seconds", help: "From the head of a request to its answer.", by: "operation",
            counts.seconds)
        text.add(
            "moderato_request_wait_seconds", help: "What a request waited for a thread.", by: "operation", counts.waited
        )
        text.add(
            "moderato_requests_in_flight", "gauge", help: "Requests that are read, wait or are worked on.",
            Double(counts.inFlight))
        text.add("moderato_images_total", "counter", help: "Images moderated for requests.", Double(counts.images))
    }

    private func addQueues(_ text: inout PrometheusText) {
        let loads = dispatcher.loads
        text.add(
            "moderato_queue_length", "gauge", help: "Work that waits for a thread.",
            loads.map { ([("queue", $0.name)], Double($0.waiting)) })
        text.add(
            "moderato_working", "gauge", help: "Work that threads do; of training and bulk, what runs.",
            loads.map { ([("queue", $0.name)], Double($0.working)) })
    }

    private func addConnections(_ text: inout PrometheusText, _ counts: Connections.Counts) {
        text.add("moderato_connections", "gauge", help: "Connections that are open.", Double(counts.open))
        text.add("moderato_connections_total", "counter", help: "Connections accepted.", Double(counts.accepted))
        text.add(
            "moderato_malformed_requests_total", "counter", help: "Requests that are no HTTP.", Double(counts.malformed)
        )
        text.add(
            "moderato_deadlines_passed_total", "counter", help: "Connections ended because the client was too slow.",
            Double(counts.late))
    }

    private func addProcess(_ text: inout PrometheusText) {
        if let bytes = ProcessFacts.residentBytes {
            text.add("process_resident_memory_bytes", "gauge", help: "Resident memory.", Double(bytes))
        }
        if let files = ProcessFacts.openFiles {
            text.add("process_open_fds", "gauge", help: "Files and sockets that are open.", Double(files))
        }
        text.add(
            "moderato_build_info", "gauge", help: "The version, always 1.", [([("version", Moderato.version)], 1)])
    }
}
