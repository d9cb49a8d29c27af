internal import Foundation
internal import Imaging
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Takes the fingerprints of images, from the cache where it has them.
struct Fingerprinter {
    let workspace: Workspace
    let jobs: Int
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// The fingerprints of `images`, in that order; `nil` for those that cannot be read.
    func fingerprints(of images: [SelectedImage]) throws -> [Fingerprint?] {
        let cache = FingerprintCache(store: workspace.store, revision: PerceptualHash.revision)
        var known = try cache.load(Set(images.map(\.digest)))
        let missing = images.filter { known[$0.digest] == nil }
        guard !missing.isEmpty else { return images.map { known[$0.digest] } }
        let progress = StageProgress(.hashing, total: missing.count, report: report)
        let taken = Workers.map(missing.count, jobs: jobs) { index -> (Digest, Fingerprint)? in
            guard !cancellation.isRequested else { return nil }
            defer { progress.advance() }
            return Fingerprint(of: missing[index]).map { (missing[index].digest, $0) }
        }
        let found = Dictionary(taken.compactMap { $0 }) { first, _ in first }
        try cache.append(found)
        try cancellation.check()
        progress.end()
        known.merge(found) { first, _ in first }
        return images.map { known[$0.digest] }
    }
}

extension Fingerprint {
    /// The fingerprint of `image`, or `nil` where it cannot be decoded or is not the declared one.
    fileprivate init?(of image: SelectedImage) {
        guard let bytes = try? ImageFile.read(image.file), Digest(of: bytes) == image.digest,
            let decoded = try? RGBImage(decoding: bytes)
        else { return nil }
        let appearance = Appearance(decoded)
        let size = withUnsafeBytes(of: UInt64(decoded.width).littleEndian, Array.init)
        self.init(
            pixels: Digest(of: size + decoded.pixels), hash: appearance.hash.bits,
            mirroredHash: appearance.mirroredHash.bits, width: decoded.width, height: decoded.height,
            bytes: bytes.count, contrast: Int((appearance.deviation * 100).rounded()))
    }
}
