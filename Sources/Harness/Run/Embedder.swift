internal import BaseModel
internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Turns images into embeddings and base scores, taking from the cache what it holds.
struct Embedder {
    let experiment: Experiment
    let workspace: Workspace
    let platform: Platform
    let jobs: Int
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// So many images go into the cache at a time: what a killed run loses at the most.
    private static let batchSize = 256

    /// All that the experiment's adapters learn from, of `images`; those that cannot be used are named, all of them.
    ///
    /// - Parameter isKeeping: whether the cache keeps what is computed; without that nothing is written.
    func embed(_ images: [SelectedImage], keeping isKeeping: Bool) throws -> EmbeddedImages {
        let model = try BaseModel(experiment.baseModel, workspace: workspace)
        let plain = try embed(images, with: model, keeping: isKeeping)
        var embedded = EmbeddedImages(plain)
        let usable = images.filter { plain.rows[$0.digest] != nil }
        for embedding in experiment.embeddings {
            let model = try EmbeddingModel(embedding, libraryHint: workspace.onnxRuntimeLibrary)
            embedded.add(try embed(usable, with: model, keeping: isKeeping), as: embedding)
        }
        return embedded
    }

    private func embed(
        _ images: [SelectedImage], with model: any ImageEncoder, keeping isKeeping: Bool
    ) throws -> EncodedImages {
        let cache = try EmbeddingCache(of: model, onnxRuntime: platform.onnxRuntime, workspace: workspace)
        let known = try cache.load(images.map(\.digest), settingAside: isKeeping)
        for damage in known.damaged {
            report(.note("warning: \(damage.path) is damaged and not believed; its images are embedded again"))
        }
        guard !known.missing.isEmpty else { return EncodedImages(known.found, blocks: model.blocks, bad: []) }
        var batches = [known.found]
        let bad = try compute(images, missing: Set(known.missing), model: model) { batch in
            if isKeeping { try cache.append(batch) }
            batches.append(batch)
        }
        return EncodedImages(CachedEmbeddings(joining: batches), blocks: model.blocks, bad: bad)
    }

    /// Embeds the missing images, batch by batch, so that a run that is stopped keeps what it has.
    private func compute(
        _ images: [SelectedImage], missing: Set<Digest>, model: any ImageEncoder,
        keep: (CachedEmbeddings) throws -> Void
    ) throws -> [BadImage] {
        let copies = Dictionary(grouping: images.filter { missing.contains($0.digest) }, by: \.digest)
        var seen: Set<Digest> = []
        let todo = images.filter { seen.insert($0.digest).inserted }.compactMap { copies[$0.digest] }
        try experiment.checkBuilt(images.map { .init(record: $0.record, file: $0.file, dataset: $0.dataset) })
        let progress = StageProgress(.embedding, total: todo.count, report: report)
        var bad: [BadImage] = []
        for start in stride(from: 0, to: todo.count, by: Self.batchSize) {
            let batch = Array(todo[start..<min(start + Self.batchSize, todo.count)])
            let results = Workers.map(batch.count, jobs: jobs) { index -> Result<Encoding, BadCopies>? in
                guard !cancellation.isRequested else { return nil }
                defer { progress.advance() }
                return encode(batch[index], with: model)
            }
            let sorted = Self.sort(results, of: batch)
            bad += sorted.bad
            if let good = sorted.good { try keep(good) }
            try cancellation.check()
        }
        progress.end()
        return bad
    }

    /// The encoding of the first of `copies`, which are the same bytes, that can be used.
    private func encode(_ copies: [SelectedImage], with model: any ImageEncoder) -> Result<Encoding, BadCopies> {
        var bad: [BadImage] = []
        for image in copies {
            do {
                let bytes = try ImageFile.read(image.file)
                let digest = Digest(of: bytes)
                guard digest == image.digest else { throw OtherContent(declared: image.digest, found: digest) }
                return .success(try model.encode(bytes: bytes))
            } catch {
                bad.append(BadImage(path: image.record.path, reason: "\(error)"))
            }
        }
        return .failure(BadCopies(images: bad))
    }

    /// The good results of a batch, unless there is none, and the bad ones; those not begun are neither.
    private static func sort(
        _ results: [Result<Encoding, BadCopies>?], of batch: [[SelectedImage]]
    ) -> (good: CachedEmbeddings?, bad: [BadImage]) {
        var bad: [BadImage] = []
        var digests: [Digest] = []
        var encodings: [Encoding] = []
        for (copies, result) in zip(batch, results) {
            switch result {
            case .success(let encoding):
                digests.append(copies[0].digest)
                encodings.append(encoding)
            case .failure(let copies): bad += copies.images
            case nil: break
            }
        }
        guard !digests.isEmpty else { return (nil, bad) }
        let good = CachedEmbeddings(
            images: digests, embeddings: Matrix(encodings.map(\.embedding)),
            baseScores: Matrix(encodings.map(\.scores)))
        return (good, bad)
    }
}

/// The same bytes under one name or several, none of which can be used.
private struct BadCopies: Error {
    let images: [BadImage]
}

extension Experiment {
    /// A dataset whose images were never made, or whose making was stopped, is one thing to say, not thousands.
    func checkBuilt(_ images: [Candidate]) throws(RunError) {
        for (index, dataset) in (allDatasets + (background?.datasets ?? [])).enumerated() {
            let own = images.filter { $0.dataset == index }
            let missing = own.count { !FileManager.default.fileExists(atPath: $0.file.path) }
            guard missing > own.count / 2, missing > 1 else { continue }
            throw .datasetNotBuilt(
                name: dataset.dataset.name, missing: missing, total: own.count, command: dataset.buildCommand,
                download: dataset.downloadSize)
        }
    }
}

extension CachedEmbeddings {
    /// The images of all `parts`, in that order; at least one part.
    fileprivate init(joining parts: [CachedEmbeddings]) {
        let join = { (matrix: (CachedEmbeddings) -> Matrix) in
            Matrix(
                rows: parts.reduce(0) { $0 + $1.images.count }, columns: parts.map { matrix($0).columns }.max() ?? 0,
                storage: parts.flatMap { matrix($0).storage })
        }
        self.init(images: parts.flatMap(\.images), embeddings: join(\.embeddings), baseScores: join(\.baseScores))
    }
}

/// A file that is not the one the manifest describes.
private struct OtherContent: Error, CustomStringConvertible {
    let declared: Digest
    let found: Digest

    var description: String { "the file's SHA-256 is \(found.short)..., the manifest says \(declared.short)..." }
}
