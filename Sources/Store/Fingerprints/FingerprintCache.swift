public import Foundation
public import Moderation

/// Fingerprints of images, kept so that each image is decoded once for them.
///
/// `fingerprints/revision-N/<digest>.txt` are immutable files, each named after the SHA-256 of its bytes, with one image
/// a line. Whatever is not so is not believed: its images are looked at again. Any number of threads and processes may
/// load and append at once.
public struct FingerprintCache: Sendable {
    private let folder: URL

    /// The cache below `store` of fingerprints made by the method of `revision`.
    public init(store: URL, revision: Int) {
        folder = store.appending(path: "fingerprints/revision-\(revision)")
    }

    /// The fingerprints that are kept of the images `wanted`.
    public func load(_ wanted: Set<Digest>) throws(StoreError) -> [Digest: Fingerprint] {
        var found: [Digest: Fingerprint] = [:]
        for name in try Folder(path: folder.path).names() where name.hasSuffix(".txt") {
            guard let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path),
                name == "\(Digest(of: bytes)).txt"
            else { continue }
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let entry = FingerprintLine(line), wanted.contains(entry.image) else { continue }
                found[entry.image] = entry.fingerprint
            }
        }
        return found
    }

    /// Keeps `fingerprints`, in one file.
    public func append(_ fingerprints: [Digest: Fingerprint]) throws(StoreError) {
        guard !fingerprints.isEmpty else { return }
        let lines = fingerprints.sorted { $0.key < $1.key }.map { FingerprintLine(image: $0, fingerprint: $1).text }
        let bytes = Data(lines.joined().utf8)
        try AtomicFile.write(bytes, to: folder.appending(path: "\(Digest(of: bytes)).txt"), durability: .system)
    }
}

/// A line: the image, the pixels, both hashes in hexadecimal, width, height, bytes and contrast, spaces between.
private struct FingerprintLine {
    let image: Digest
    let fingerprint: Fingerprint

    init(image: Digest, fingerprint: Fingerprint) {
        self.image = image
        self.fingerprint = fingerprint
    }

    init?(_ line: Data) {
        let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 8, let image = Digest(hexadecimal: words[0]), let pixels = Digest(hexadecimal: words[1]),
            let hash = UInt64(words[2], radix: 16), let mirrored = UInt64(words[3], radix: 16),
            let width = Int(words[4]), let height = Int(words[5]), let bytes = Int(words[6]),
            let contrast = Int(words[7])
        else { return nil }
        self.init(
            image: image,
            fingerprint: Fingerprint(
                pixels: pixels, hash: hash, mirroredHash: mirrored, width: width, height: height, bytes: bytes,
                contrast: contrast))
    }

    var text: String {
        let numbers = [fingerprint.width, fingerprint.height, fingerprint.bytes, fingerprint.contrast]
        let hashes = [fingerprint.hash, fingerprint.mirroredHash].map { String($0, radix: 16) }
        return (["\(image)", "\(fingerprint.pixels)"] + hashes + numbers.map(String.init)).joined(separator: " ") + "\n"
    }
}
