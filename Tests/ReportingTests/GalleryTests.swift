import Evaluation
import Foundation
import Moderation
import Reporting
import TestSupport
import Testing

/// Which images stand in which gallery, counted again from the raw scores.
@Suite struct GalleryTests {
    private struct Expected: Decodable {
        let fate: String
        let kind: String
        let total: Int
        let images: [String]
        let base: [Double]
        let adapter: [Double]
    }

    private struct Input: Encodable {
        struct Record: Encodable {
            let base: [Double], scores: [Double], truth: [Int], tested: [Bool]
        }
        let records: [Record]
        let paths: [String]
        let most: Int
    }

    @Test(arguments: [1, 5]) func imagesAreThoseOfTheScores(repeats: Int) throws {
        let (page, records) = try ExploredFixtures.page(adapters: 3, repeats: repeats)
        let galleries = Gallery.all(page.report, records: records, isSensitive: { _ in false }, most: 20)
        let adapter = try #require(galleries.first?.adapter)
        // The answer speaks of the adapter that removes most.
        #expect(galleries.allSatisfy { $0.adapter == adapter } && adapter.hasPrefix("perfect"))
        let own = records.filter { $0.adapter == adapter }
        let input = Input(
            records: own.map { record in
                let label = record.labels[0]
                return .init(
                    base: label.baseScores.map(Double.init), scores: label.adapterScores.map(Double.init),
                    truth: label.truth.map { $0 == .present ? 1 : $0 == .absent ? 0 : -1 },
                    tested: record.parts.map { $0 == .test })
            }, paths: own[0].images.map(\.path), most: 20)
        let expected = try Oracle.run(GalleryTests.recount, input: input, as: [Expected].self)
        #expect(galleries.map(\.fate.rawValue) == expected.map(\.fate))
        #expect(galleries.map(\.kind.rawValue) == expected.map(\.kind))
        for (gallery, expected) in zip(galleries, expected) {
            #expect(gallery.total == expected.total)
            #expect(gallery.images.map(\.path) == expected.images)
            for (image, (base, adapter)) in zip(gallery.images, zip(expected.base, expected.adapter)) {
                // The same formula in double precision.
                #expect(abs(image.baseConfidence - base) < 1e-9 && abs(image.adapterConfidence - adapter) < 1e-9)
                #expect(image.thumbnail == nil)
            }
        }
    }

    private static let recount = """
        import math
        confidence = lambda score: 100 / (1 + math.exp(-score))
        records, galleries = input["records"], {}
        for image, path in enumerate(input["paths"]):
            tests = [r for r in records if r["tested"][image]]
            truth = records[0]["truth"][image]
            if not tests or truth < 0: continue
            outcomes = [((r["base"][image] >= 0) != truth, (r["scores"][image] >= 0) != truth) for r in tests]
            times = {"broken": outcomes.count((False, True)), "still_wrong": outcomes.count((True, True)),
                     "fixed": outcomes.count((True, False))}
            fate = max(times, key=times.get)
            if times[fate] == 0: continue
            base = confidence(tests[0]["base"][image])
            own = sum(confidence(r["scores"][image]) for r in tests) / len(tests)
            wrong = base if fate == "fixed" else own
            kind = "false_negatives" if truth else "false_positives"
            order = (-times[fate] / len(tests), wrong if truth else -wrong, image)
            galleries.setdefault((fate, kind), []).append((order, path, base, own))
        answer([{"fate": fate, "kind": kind, "total": len(rows), "images": [r[1] for r in rows[:input["most"]]],
                 "base": [r[2] for r in rows[:input["most"]]], "adapter": [r[3] for r in rows[:input["most"]]]}
                for fate in ["fixed", "broken", "still_wrong"] for kind in ["false_negatives", "false_positives"]
                if (rows := sorted(galleries.get((fate, kind), [])))])
        """

    @Test func picturesComeOnlyWhereNothingIsSensitive() throws {
        let (page, records) = try ExploredFixtures.page(adapters: 1, repeats: 2)
        let picture = Gallery.Thumbnail(width: 1, height: 1, mediaType: "image/webp", bytes: [1])
        for isSensitive in [false, true] {
            let galleries = Gallery.all(page.report, records: records, isSensitive: { _ in isSensitive })
                .map { $0.showing { $0.hasSuffix("0.png") ? picture : nil } }
            #expect(!galleries.isEmpty && galleries.allSatisfy { $0.isSensitive == isSensitive })
            let shown = galleries.flatMap(\.images).filter { $0.thumbnail != nil }
            #expect(isSensitive ? shown.isEmpty : !shown.isEmpty)
            #expect(shown.allSatisfy { $0.path.hasSuffix("0.png") })
        }
    }
}
