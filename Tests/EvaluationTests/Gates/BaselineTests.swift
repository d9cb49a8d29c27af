import Evaluation
import Foundation
import Moderation
import Testing

@Suite struct BaselineTests {
    private static let about = Baseline.About(
        experiment: "e", project: "p", baseModel: Digest(of: "base"), threshold: 50)

    private func entries(seed: UInt64 = 5, repeats: Int = 5) throws -> [Baseline.Entry] {
        let records = RandomRecords(seed: seed, repeats: repeats, largestGroup: 3).records
        return try RandomRecords.adapters.map { adapter in
            let own = records.filter { $0.adapter == adapter }
            return Baseline.Entry(
                Baseline.Subject(adapter: adapter, label: "Alcohol", split: "group"), trials: own.map(\.id),
                errors: try TestErrors(own, label: 0, of: .adapter))
        }
    }

    private func text(_ baseline: Baseline) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(baseline)
    }

    @Test(arguments: [(1, 1), (2, 5), (3, 20)]) func errorsComeBackExactly(seed: UInt64, repeats: Int) throws {
        let entries = try entries(seed: seed, repeats: repeats)
        let read = try JSONDecoder().decode(Baseline.self, from: text(Baseline(Self.about, entries)))
        #expect(read == Baseline(Self.about, entries))
        for entry in entries {
            let back = try read.counterpart(of: entry, threshold: 50)
            #expect(back.errors == entry.errors && back.isSameTrials && back.isSameDecisions)
            // Asked by another adapter of the same test, it is still what the one got wrong then.
            let other = try #require(entries.first { $0.subject != entry.subject })
            let asked = Baseline.Entry(entry.subject, trials: other.trials, errors: other.errors)
            let counterpart = try read.counterpart(of: asked, threshold: 50)
            #expect(counterpart.errors == entry.errors && !counterpart.isSameTrials)
        }
    }

    @Test func theOrderOfEntriesDoesNotMatter() throws {
        let entries = try entries()
        #expect(try text(Baseline(Self.about, entries)) == text(Baseline(Self.about, entries.reversed())))
        #expect(Baseline(Self.about, entries).tests.count == 1, "what was tested stands there once")
    }

    @Test func ratesAreThoseOfTheErrors() throws {
        let entry = try entries()[0]
        let rates = Baseline(Self.about, [entry]).rates[0]
        for (rate, kind) in [(rates.falseNegatives, ErrorKind.falseNegatives), (rates.falsePositives, .falsePositives)]
        {
            let of = entry.errors.repeats.flatMap { test in
                test.tested.filter { entry.errors.images[$0].kind == kind }.map(test.wrong.contains)
            }
            #expect(rate.tests == of.count && rate.errors == of.count { $0 })
            // Written with four decimals.
            #expect(abs((rate.rate ?? -1) - Double(rate.errors) / Double(rate.tests)) <= 0.00005)
        }
    }

    /// `errors` with what `change` makes of each image.
    private func changed(_ entry: Baseline.Entry, _ change: (TestErrors.Image) -> TestErrors.Image) -> Baseline.Entry {
        let errors = TestErrors(
            label: entry.errors.label, images: entry.errors.images.map(change), repeats: entry.errors.repeats)
        return Baseline.Entry(entry.subject, trials: [], errors: errors)
    }

    @Test func otherTestsAreRefusedWithTheReason() throws {
        let entry = try entries()[0]
        let baseline = Baseline(Self.about, [entry])
        let count = entry.errors.images.count, first = entry.errors.images[0]
        let edit = { (digest: Digest?, group: String?, flipped: Bool) in
            self.changed(entry) { image in
                guard image == first else { return image }
                return TestErrors.Image(
                    digest: digest ?? image.digest, path: image.path, group: group ?? image.group,
                    isPresent: image.isPresent != flipped)
            }
        }
        for (entry, refusal) in [
            (
                edit(Digest(of: "new"), nil, false),
                BaselineRefusal.images(shared: count - 1, added: 1, removed: 1, changedTruth: 0)
            ), (edit(nil, nil, true), .images(shared: count, added: 0, removed: 0, changedTruth: 1)),
            (edit(nil, "another", false), .division),
        ] {
            #expect(throws: refusal) { try baseline.counterpart(of: entry, threshold: 50) }
        }
        #expect(throws: BaselineRefusal.threshold(then: 50, now: 60)) {
            try baseline.counterpart(of: entry, threshold: 60)
        }
        let other = Baseline.Entry(
            Baseline.Subject(adapter: "other", label: "Alcohol", split: "group"), trials: [], errors: entry.errors)
        #expect(throws: BaselineRefusal.noAdapter("other", known: ["better"])) {
            try baseline.counterpart(of: other, threshold: 50)
        }
        let label = Baseline.Subject(adapter: "better", label: "Weapons", split: "group")
        #expect(throws: BaselineRefusal.noTest(label)) {
            try baseline.counterpart(
                of: Baseline.Entry(label, trials: [], errors: entry.errors), threshold: 50)
        }
    }

    /// Whoever writes a number into the file by hand reads what is wrong with it.
    @Test func thresholdsAreNamedAsTheyWereWritten() {
        for (threshold, text) in [(50.0, "50"), (62.5, "62.5"), (1e300, "1e+300"), (-1e19, "-1e+19")] {
            let refusal = BaselineRefusal.threshold(then: threshold, now: 50)
            #expect("\(refusal)" == "it is of decisions at threshold \(text), and the experiment's is 50")
        }
    }

    @Test func linesThatFitNoTestAreRefused() throws {
        let entry = try entries()[0]
        let json = String(decoding: try text(Baseline(Self.about, [entry])), as: UTF8.self)
        let masks = json.matches(of: #/"images/\d+\.png" : "([xo-]+)"/#)
        let mask = try #require(masks.first)
        // The last two fit the tests, but not the rates.
        for (old, new) in [("x", "-"), ("x", "xx"), ("-", "x"), ("x", "y"), ("x", "X"), ("x", "o"), ("o", "x")]
        where mask.output.1.contains(old) {
            var edited = json
            edited.replaceSubrange(
                mask.output.1.startIndex..<mask.output.1.endIndex, with: mask.output.1.replacing(old, with: new))
            let baseline = try JSONDecoder().decode(Baseline.self, from: Data(edited.utf8))
            #expect(throws: BaselineRefusal.altered, "\(old) -> \(new)") {
                try baseline.counterpart(of: entry, threshold: 50)
            }
        }
    }

    /// Two branches that each lose a line merge without a conflict there.
    @Test func aLostLineIsRefused() throws {
        let entry = try entries()[0]
        let json = String(decoding: try text(Baseline(Self.about, [entry])), as: UTF8.self)
        let line = try #require(json.matches(of: #/\n *"images/\d+\.png" : "[xo-]+",/#).first)
        let baseline = try JSONDecoder().decode(Baseline.self, from: Data(json.replacing(line.output, with: "").utf8))
        #expect(throws: BaselineRefusal.altered) { try baseline.counterpart(of: entry, threshold: 50) }
    }

    /// Of a split with a dataset of its own for testing, the training images may be others.
    @Test func otherTrainingImagesAreNoOtherTest() throws {
        let entry = try entries()[0]
        let more = entry.errors.beside(moreImages: 100)
        let now = Baseline.Entry(entry.subject, trials: [], errors: more)
        #expect(try Baseline(Self.about, [entry]).counterpart(of: now, threshold: 50).errors == more)
    }

    /// What a reviewer reads in a diff is what the gate compares with.
    @Test func ratesThatAreNotThoseOfTheLinesAreRefused() throws {
        let entry = try entries()[0]
        let json = String(decoding: try text(Baseline(Self.about, [entry])), as: UTF8.self)
        for pattern in [#/"errors" : [0-9]+/#, #/"rate" : [0-9.]+/#, #/"tests" : [0-9]+/#] {
            let number = try #require(json.firstMatch(of: pattern)).output
            let key = number.prefix { $0 != ":" }
            let edited = json.replacing(number, with: "\(key): 0", maxReplacements: 1)
            let baseline = try JSONDecoder().decode(Baseline.self, from: Data(edited.utf8))
            #expect(throws: BaselineRefusal.altered, "\(number)") {
                try baseline.counterpart(of: entry, threshold: 50)
            }
        }
    }

    @Test(arguments: [1e300, -1e300, 50.5]) func anyThresholdOfAFileIsRefusedInWords(threshold: Double) throws {
        let entry = try entries()[0]
        let about = Baseline.About(
            experiment: "e", project: "p", baseModel: Digest(of: "base"), threshold: threshold)
        let refusal = #expect(throws: BaselineRefusal.self) {
            try Baseline(about, [entry]).counterpart(of: entry, threshold: 50)
        }
        #expect(refusal?.description == "it is of decisions at threshold \(threshold), and the experiment's is 50")
    }

    /// Another kind of CPU may decide otherwise at the threshold in the same trials: then they are compared like others.
    @Test func theSameTrialsMayDecideOtherwise() throws {
        let entries = try entries()
        let now = Baseline.Entry(entries[0].subject, trials: entries[0].trials, errors: entries[1].errors)
        let then = try Baseline(Self.about, [entries[0]]).counterpart(of: now, threshold: 50)
        #expect(then.isSameTrials && !then.isSameDecisions && then.errors == entries[0].errors)
    }
}
