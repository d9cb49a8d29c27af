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
        let lock = isKeeping ? try lock(cache) : nil
        defer { withExtendedLifetime(lock) {} }
        // Who held the lock has embedded some of them meanwhile.
        let late = try cache.load(known.missing, settingAside: isKeeping)
        let computed = try compute(images, missing: Set(late.missing), model: model) { batch in
            if isKeeping { try cache.append(batch) }
        }
        return EncodedImages(
            CachedEmbeddings(joining: [known.found, late.found] + computed.good), blocks: model.blocks,
            bad: computed.bad)
    }

    /// The right to embed for `cache`, so that processes that run at once share the work; waits for it, and says so.
    private func lock(_ cache: EmbeddingCache) throws -> WorkLock? {
        if let lock = try WorkLock.take(cache.lockFile) { return lock }
        report(.note("another process is embedding images with the same base model; waiting for it"))
        let lock = try WorkLock.wait(cache.lockFile) { cancellation.isRequested }
        try cancellation.check()
        return lock
    }

    /// Embeds the missing images; `keep` gets them batch by batch, so that a run that is stopped keeps what it has.
    private func compute(
        _ images: [SelectedImage], missing: Set<Digest>, model: any ImageEncoder,
        keep: @escaping @Sendable (CachedEmbeddings) throws -> Void
    ) throws -> (good: [CachedEmbeddings], bad: [BadImage]) {
        let copies = Dictionary(grouping: images.filter { missing.contains($0.digest) }, by: \.digest)
        var seen: Set<Digest> = []
        let todo = images.filter { seen.insert($0.digest).inserted }.compactMap { copies[$0.digest] }
        try experiment.checkBuilt(images.map { .init(record: $0.record, file: $0.file, dataset: $0.dataset) })
        let progress = StageProgress(.embedding, total: todo.count, report: report)
        let batches = EncodedBatches(of: todo.map { $0[0].digest }, keep: keep)
        let failure = FirstFailure()
        Workers.forEach(todo.count, jobs: jobs) { index in
            guard !cancellation.isRequested, !failure.happened else { return }
            defer { progress.advance() }
            failure.catching { try batches.add(encode(todo[index], with: model), at: index) }
        }
        try failure.rethrow()
        let results = try batches.finish()
        try cancellation.check()
        progress.end()
        return results
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
