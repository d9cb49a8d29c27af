public import Moderation

extension Baseline {
    /// What was tested, of which the images are told briefly: enough to say what has changed.
    public struct Test: Sendable, Equatable, Codable {
        public let label: String
        public let split: String
        /// Number of repeats of the split.
        public let repeats: Int
        /// Identity of all that was tested: images, what is known of them, groups and repeats. Other images, which adapters
        /// are trained on, are no part of it: to train on more of them is what a baseline is to judge.
        public let digest: Digest
        /// The tested images, those whose digests begin with the same digit on one line: of each the first 8 digits, and
        /// whether the label is present (`+`) or absent (`-`).
        public let images: [String]

        init(_ errors: TestErrors, split: String) {
            label = "\(errors.label)"
            self.split = split
            repeats = errors.repeats.count
            digest = Test.digest(of: errors)
            let marks = errors.images.map(Test.mark).sorted()
            images = marks.grouped { $0.prefix(1) }.map { $0.joined(separator: " ") }
        }

        /// Whether it is what `subject` was tested on.
        func isOf(_ subject: Subject) -> Bool { label == subject.label && split == subject.split }

        /// Checks that `errors` were made on these tests.
        func check(_ errors: TestErrors) throws(BaselineRefusal) {
            guard digest != Test.digest(of: errors) else { return }
            let then = Set(images.flatMap { $0.split(separator: " ").map(String.init) })
            let now = Set(errors.images.map(Test.mark))
            guard then != now else { throw .division }
            let names = { (marks: Set<String>) in Set(marks.map { $0.dropLast() }) }
            let (known, tested) = (names(then), names(now))
            let changedTruth = known.intersection(tested).count - then.intersection(now).count
            throw .images(
                shared: known.intersection(tested).count, added: tested.subtracting(known).count,
                removed: known.subtracting(tested).count, changedTruth: changedTruth)
        }

        private static func mark(_ image: TestErrors.Image) -> String {
            "\(image.digest)".prefix(8) + (image.isPresent ? "+" : "-")
        }

        private static func digest(of errors: TestErrors) -> Digest {
            let images = errors.images.flatMap { ["\($0.digest)", $0.path, $0.group, $0.isPresent ? "+" : "-"] }
            let repeats = errors.repeats.map { test in
                ([test.repetition] + test.tested).map(String.init).joined(separator: " ")
            }
            return Digest(ofFields: ["\(errors.label)"] + images + repeats)
        }
    }
}
