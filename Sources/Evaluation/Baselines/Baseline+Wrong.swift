public import Moderation

extension Baseline {
    /// The images that an adapter is wrong about in any repeat: a line each.
    public struct Wrong: Sendable, Equatable, Codable {
        public let adapter: String
        public let label: String
        public let split: String
        /// The trials that decided, one per repetition, in their order.
        public let trials: [Digest]
        /// Of each missed image, by its path, a letter for each repeat: `x` where it was wrong, `o` where it was right, `-`
        /// where it was not tested.
        public let falseNegatives: [String: String]
        /// The same of each falsely flagged image.
        public let falsePositives: [String: String]

        init(_ entry: Entry) {
            adapter = entry.subject.adapter
            label = entry.subject.label
            split = entry.subject.split
            trials = entry.trials
            let lines = Wrong.lines(of: entry.errors)
            falseNegatives = lines.falseNegatives
            falsePositives = lines.falsePositives
        }

        /// What these lines are about.
        public var subject: Subject { Subject(adapter: adapter, label: label, split: split) }

        private static func lines(of errors: TestErrors) -> ByErrorKind<[String: String]> {
            let tested = errors.repeats.map { Set($0.tested) }
            let wrong = errors.repeats.reduce(into: Set<Int>()) { $0.formUnion($1.wrong) }.sorted()
            return ByErrorKind { kind in
                let images = wrong.filter { errors.images[$0].kind == kind }
                let lines = images.map { image in
                    let letters = zip(errors.repeats, tested).map { test, tested in
                        test.wrong.contains(image) ? "x" : tested.contains(image) ? "o" : "-"
                    }
                    return (errors.images[image].path, letters.joined())
                }
                return Dictionary(uniqueKeysWithValues: lines)
            }
        }

        /// The errors that the lines tell of, in the tests of `errors`, which were made on the same images.
        ///
        /// - Throws: ``BaselineRefusal/altered`` where the lines do not fit the tests.
        func errors(inTestsOf errors: TestErrors) throws(BaselineRefusal) -> TestErrors {
            let places = Dictionary(errors.images.indices.map { (errors.images[$0].path, $0) }) { first, _ in first }
            let tested = errors.repeats.map { Set($0.tested) }
            var wrong = errors.repeats.map { _ in Set<Int>() }
            for (kind, lines) in [(ErrorKind.falseNegatives, falseNegatives), (.falsePositives, falsePositives)] {
                for (path, letters) in lines {
                    guard let place = places[path], errors.images[place].kind == kind,
                        letters.utf8.count == wrong.count
                    else { throw .altered }
                    for (index, letter) in letters.utf8.enumerated() {
                        let marks = tested[index].contains(place) ? "xo".utf8 : "-".utf8
                        guard marks.contains(letter) else { throw .altered }
                        if letter == UInt8(ascii: "x") { wrong[index].insert(place) }
                    }
                }
            }
            return TestErrors(
                label: errors.label, images: errors.images,
                repeats: zip(errors.repeats, wrong).map { test, wrong in
                    TestErrors.Repeat(
                        repetition: test.repetition, tested: test.tested, wrong: wrong, otherImages: test.otherImages)
                })
        }

        private enum CodingKeys: String, CodingKey {
            case adapter, label, split, trials
            case falseNegatives = "false_negatives"
            case falsePositives = "false_positives"
        }
    }
}
