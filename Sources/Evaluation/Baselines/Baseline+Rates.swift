extension Baseline {
    /// How often an adapter was wrong.
    public struct Rates: Sendable, Equatable, Codable {
        public let adapter: String
        public let label: String
        public let split: String
        public let falseNegatives: Rate
        public let falsePositives: Rate

        /// Errors in tests of images that could show them, over all repeats.
        public struct Rate: Sendable, Equatable, Codable {
            public let errors: Int
            public let tests: Int
            /// Number of distinct images.
            public let images: Int
            /// Errors over tests, to four decimals; `nil` without a test.
            public let rate: Double?

            init(_ kind: ErrorKind, of errors: TestErrors) {
                let concerned = Set(errors.images.indices.filter { errors.images[$0].kind == kind })
                let wrong = errors.repeats.map { $0.wrong.count(where: concerned.contains) }.reduce(0, +)
                let tests = errors.repeats.map { $0.tested.count(where: concerned.contains) }.reduce(0, +)
                self.errors = wrong
                self.tests = tests
                images = concerned.count
                rate = tests > 0 ? (Double(wrong) / Double(tests) * 10_000).rounded() / 10_000 : nil
            }
        }

        init(_ entry: Entry) {
            adapter = entry.subject.adapter
            label = entry.subject.label
            split = entry.subject.split
            falseNegatives = Rate(.falseNegatives, of: entry.errors)
            falsePositives = Rate(.falsePositives, of: entry.errors)
        }

        private enum CodingKeys: String, CodingKey {
            case adapter, label, split
            case falseNegatives = "false_negatives"
            case falsePositives = "false_positives"
        }
    }
}
