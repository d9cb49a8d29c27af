/// Metrics in the text format of Prometheus, version 0.0.4: a family is a name, a help text, a type and its samples.
struct PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// A family of numbers that only grow (`counter`) or go up and down (`gauge`).
    mutating func add(
        _ name: String, _ type: String, help: String, _ samples: [(labels: [(String, String)], value: Double)]
    ) {
        begin(name, type, help)
        for sample in samples { add(name, sample.labels, sample.value) }
    }

    /// A family of one number.
    mutating func add(_ name: String, _ type: String, help: String, _ value: Double) {
        add(name, type, help: help, [([], value)])
    }

    /// A family of histograms, by the value of `label`.
    mutating func add(_ name: String, help: String, by label: String, _ histograms: [String: Histogram]) {
        begin(name, "histogram", help)
        for (value, histogram) in histograms.sorted(by: { $0.key < $1.key }) {
            var total = 0
            for (count, bound) in zip(histogram.counts, Histogram.bounds.map { "\($0)" } + ["+Inf"]) {
                total += count
                add("\(name)_bucket", [(label, value), ("le", bound)], Double(total))
            }
            add("\(name)_sum", [(label, value)], histogram.sum)
            add("\(name)_count", [(label, value)], Double(histogram.count))
        }
    }

    private mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func add(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let pairs = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        text += labels.isEmpty ? "\(name) \(number)\n" : "\(name){\(pairs)} \(number)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
