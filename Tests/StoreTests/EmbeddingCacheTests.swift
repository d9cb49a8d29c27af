import Foundation
import LinearAlgebra
import Moderation
import Testing

@testable import Store

@Suite struct EmbeddingCacheTests {
    private let labels = [Label(path: ["Alcohol"]), Label(path: ["Weapons", "Épées"])]

    private func cache(_ folder: URL, dimensions: Int = 8) throws -> EmbeddingCache {
        try EmbeddingCache(
            folder: folder, baseModel: Digest(of: "model"), dimensions: dimensions, labels: labels)
    }

    private func segments(_ folder: URL) -> [URL] {
        files(below: folder).filter { $0.hasSuffix(".h5") }.map { folder.appending(path: $0) }
    }

    @Test func findsWhatWasAppendedInTheOrderWanted() throws {
        try withFolder { folder in
            let cache = try cache(folder)
            let images = CachedEmbeddings.sample(1300)
            try cache.append(images)
            #expect(segments(folder).count == 3)
            let order = [7, 1299, 0, 600, 7]
            let stranger = Digest(of: "stranger")
            let lookup = try cache.load([stranger] + order.map { images.images[$0] } + [stranger])
            #expect(lookup.found == images.selecting([7, 1299, 0, 600]))
            #expect(lookup.missing == [stranger])
            #expect(lookup.damaged == [])
            #expect(try cache.load(images.images).found == images)
        }
    }

    @Test func anEmptyCacheFindsNothing() throws {
        try withFolder { folder in
            let cache = try cache(folder)
            let lookup = try cache.load([Digest(of: "a")])
            #expect(lookup.missing == [Digest(of: "a")] && lookup.found.images == [])
            #expect(try cache.load([]).missing == [])
            try cache.append(CachedEmbeddings.sample(0))
            #expect(files(below: folder) == [])
        }
    }

    @Test func aDamagedSegmentIsSetAsideAndItsImagesAreMissing() throws {
        try withFolder { folder in
            let cache = try cache(folder)
            let first = CachedEmbeddings.sample(10)
            let second = CachedEmbeddings.sample(10, first: 10)
            try cache.append(first)
            let damaged = segments(folder)[0]
            try cache.append(second)
            var bytes = try Data(contentsOf: damaged)
            bytes[bytes.count - 300] ^= 4
            try bytes.write(to: damaged)

            let lookup = try cache.load(first.images + second.images)
            #expect(lookup.found == second)
            #expect(lookup.missing == first.images)
            #expect(lookup.damaged.map(\.path) == [damaged.path])
            #expect(FileManager.default.fileExists(atPath: damaged.path + ".damaged"))

            try cache.append(first)
            let again = try cache.load(first.images + second.images)
            #expect(again.missing == [] && again.damaged == [])
        }
    }

    @Test func aSegmentThatIsNotNeededIsNotRead() throws {
        try withFolder { folder in
            let cache = try cache(folder)
            let first = CachedEmbeddings.sample(10)
            try cache.append(first)
            let untouched = segments(folder)[0]
            try cache.append(CachedEmbeddings.sample(10, first: 10))
            var bytes = try Data(contentsOf: untouched)
            bytes[bytes.count - 300] ^= 4
            try bytes.write(to: untouched)
            // Had the damaged segment been read, it would have been reported.
            #expect(try cache.load(CachedEmbeddings.sample(10, first: 10).images).damaged == [])
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, 0])
    func anEmbeddingThatIsNoneIsRefused(value: Float) throws {
        try withFolder { folder in
            let sample = CachedEmbeddings.sample(3)
            var embeddings = sample.embeddings
            for column in 0..<8 { embeddings[1, column] = value }
            let images = CachedEmbeddings(
                images: sample.images, embeddings: embeddings, baseScores: sample.baseScores)
            let error = #expect(throws: StoreError.self) { try cache(folder).append(images) }
            #expect(error?.description.contains(sample.images[1].description) == true)
            #expect(files(below: folder) == [])
        }
    }

    @Test func aBaseScoreMayBeMinusInfinityButMustBeANumber() throws {
        try withFolder { folder in
            let sample = CachedEmbeddings.sample(1)
            func images(_ score: Float) -> CachedEmbeddings {
                CachedEmbeddings(
                    images: sample.images, embeddings: sample.embeddings,
                    baseScores: Matrix([[score, 1]]))
            }
            #expect(throws: StoreError.self) { try cache(folder).append(images(.nan)) }
            try cache(folder).append(images(-.infinity))
            #expect(try cache(folder).load(sample.images).found.baseScores[0, 0] == -.infinity)
        }
    }

    /// A file whose seal is right but whose numbers are not, as a faulty program would write it.
    @Test func numbersAreCheckedOnReadingToo() throws {
        try withFolder { folder in
            let cache = try cache(folder)
            let sample = CachedEmbeddings.sample(2)
            try cache.append(sample)
            let file = segments(folder)[0]
            var content = try SealedFile(opening: file.path, as: .embeddings).content()
            content["embeddings"] = StoredArray([Float](repeating: .nan, count: 16), shape: [2, 8])
            let index = sample.images.flatMap(\.bytes)
            try Data(content.sealed(as: .embeddings, index: index, path: file.path)).write(to: file)
            let lookup = try cache.load(sample.images)
            #expect(lookup.missing == sample.images)
            #expect(lookup.damaged.first?.description.contains("not finite") == true)
        }
    }

    @Test func otherDimensionsAreAnErrorNotDamage() throws {
        try withFolder { folder in
            let sample = CachedEmbeddings.sample(2)
            try cache(folder).append(sample)
            let error = #expect(throws: StoreError.self) { try cache(folder, dimensions: 9).load(sample.images) }
            guard case .mismatch = error else {
                Issue.record("other dimensions: \(String(describing: error))")
                return
            }
            #expect(segments(folder).count == 1)
        }
    }
}
