internal import BaseModel
internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Images with what the base model made of them.
struct EmbeddedImages: Sendable {
    /// Row of each image in `cached`.
    let rows: [Digest: Int]
    /// Embeddings and base scores.
    let cached: CachedEmbeddings
    /// Images that cannot be used, by path.
    let bad: [BadImage]
}

/// Turns images into embeddings and base scores, taking from the cache what it holds.
struct Embedder {
    let baseModel: BaseModelDescription
    let datasets: [DatasetFile]
    let workspace: Workspace
    let jobs: Int
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// So many images go into the cache at a time: what a killed run loses at the most.
    private static let batchSize = 256

    /// The embeddings of `images`; those that cannot be used are named, all of them.
    func embed(_ images: [SelectedImage]) throws -> EmbeddedImages {
        let model = try BaseModel(baseModel, workspace: workspace)
        let cache = try cache(of: model)
        let wanted = images.map(\.digest)
        let known = try cache.load(wanted)
        for damage in known.damaged { report(.note("warning: \(damage)")) }
        let bad = try known.missing.isEmpty ? [] : fill(cache, images, missing: Set(known.missing), model: model)
        let all = known.missing.isEmpty ? known.found : try cache.load(wanted).found
        return EmbeddedImages(
            rows: Dictionary(uniqueKeysWithValues: all.images.enumerated().map { ($1, $0) }), cached: all, bad: bad)
    }

    /// Those of `images` that cannot be used, found out without writing anything.
    ///
    /// What the cache holds can be used, and the rest is tried. Where it holds nothing, no run has come this far, and all
    /// are taken to be usable.
    func unusable(_ images: [SelectedImage]) throws -> [BadImage] {
        let model = try BaseModel(baseModel, workspace: workspace)
        let known = try cache(of: model).load(images.map(\.digest))
        guard !known.found.images.isEmpty else { return [] }
        let todo = Self.first(of: images, among: Set(known.missing))
        let results = Workers.map(todo.count, jobs: jobs) { encode(todo[$0], with: model) }
        return results.compactMap { result in
            if case .failure(let image) = result { image } else { nil }
        }
    }

    private func cache(of model: BaseModel) throws -> EmbeddingCache {
        try EmbeddingCache(
            folder: workspace.store, baseModel: baseModel.digest, dimensions: model.dimensions, labels: model.labels)
    }

    /// One image for each of `digests`.
    private static func first(of images: [SelectedImage], among digests: Set<Digest>) -> [SelectedImage] {
        var seen: Set<Digest> = []
        return images.filter { digests.contains($0.digest) && seen.insert($0.digest).inserted }
    }

    /// Embeds the missing images batch by batch, so that a run that is stopped keeps what it has.
    private func fill(
        _ cache: EmbeddingCache, _ images: [SelectedImage], missing: Set<Digest>, model: BaseModel
    ) throws -> [BadImage] {
        let todo = Self.first(of: images, among: missing)
        try checkBuilt(images)
        let progress = Progress(.embedding, total: todo.count, report: report)
        var bad: [BadImage] = []
        for start in stride(from: 0, to: todo.count, by: Self.batchSize) {
            let batch = Array(todo[start..<min(start + Self.batchSize, todo.count)])
            let results = Workers.map(batch.count, jobs: jobs) { index -> Result<Encoding, BadImage>? in
                guard !cancellation.isRequested else { return nil }
                defer { progress.advance() }
                return encode(batch[index], with: model)
            }
            bad += try keep(results, of: batch, in: cache)
            try cancellation.check()
        }
        progress.end()
        return bad
    }

    private func encode(_ image: SelectedImage, with model: BaseModel) -> Result<Encoding, BadImage> {
        do {
            let bytes = try ImageFile.read(image.file)
            let digest = Digest(of: bytes)
            guard digest == image.digest else { throw OtherContent(declared: image.digest, found: digest) }
            return .success(try model.encode(bytes: bytes))
        } catch {
            return .failure(BadImage(path: image.record.path, reason: "\(error)"))
        }
    }

    /// Puts the good results into the cache and answers with the bad ones.
    private func keep(
        _ results: [Result<Encoding, BadImage>?], of batch: [SelectedImage], in cache: EmbeddingCache
    ) throws -> [BadImage] {
        var bad: [BadImage] = []
        var digests: [Digest] = []
        var encodings: [Encoding] = []
        for (image, result) in zip(batch, results) {
            switch result {
            case .success(let encoding):
                digests.append(image.digest)
                encodings.append(encoding)
            case .failure(let image): bad.append(image)
            case nil: break
            }
        }
        guard !digests.isEmpty else { return bad }
        try cache.append(
            CachedEmbeddings(
                images: digests, embeddings: Matrix(encodings.map(\.embedding)),
                baseScores: Matrix(encodings.map(\.scores))))
        return bad
    }

    /// A dataset whose images were never made, or whose making was stopped, is one thing to say, not thousands.
    private func checkBuilt(_ images: [SelectedImage]) throws {
        for (index, dataset) in datasets.enumerated() {
            let own = images.filter { $0.dataset == index }
            let missing = own.count { !FileManager.default.fileExists(atPath: $0.file.path) }
            guard missing > own.count / 2 else { continue }
            throw RunError.datasetNotBuilt(
                name: dataset.dataset.name, missing: missing, total: own.count, command: dataset.buildCommand,
                download: dataset.downloadSize)
        }
    }
}

/// A file that is not the one the manifest describes.
private struct OtherContent: Error, CustomStringConvertible {
    let declared: Digest
    let found: Digest

    var description: String { "the file's SHA-256 is \(found.short)..., the manifest says \(declared.short)..." }
}
