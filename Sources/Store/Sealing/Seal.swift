internal import Moderation

/// The first 512 bytes of a file, before its HDF5 part: they say what it is, and the digest of all that follows.
///
/// HDF5 calls this a user block and skips it. Its metadata has no checksum in the classic format, and the library may
/// crash on damage there, so nothing is given to it before this digest was checked. The block is text:
/// ```
/// moderato trial layout 2
/// bytes 24832
/// index 32
/// sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
/// ```
/// padded with spaces, a line feed last. The digest is that of the lines above it and of all that follows the block.
/// `index` bytes come next, what is worth knowing without reading the file whole; then, at the next power of two, the
/// HDF5 part.
struct Seal: Equatable {
    /// What kinds of file there are, each with the version of its layout.
    enum Kind: String {
        case trial
        case images
        case embeddings
        case adapter

        /// The first line of such a file.
        var firstLine: String { "moderato \(rawValue) layout \(layoutVersion)" }

        /// Whether `line` is the first line of such a file in a layout before this one.
        func isOutdated(_ line: String) -> Bool {
            guard let version = line.split(separator: " ").last.flatMap({ Int($0) }) else { return false }
            return version > 0 && version < layoutVersion
        }

        private var layoutVersion: Int {
            switch self {
            case .trial: 2
            case .images, .embeddings, .adapter: 1
            }
        }
    }

    static let size = 512
    /// No file of ours is larger; a larger one is not read into memory.
    static let largestFile = 1 << 32

    let kind: Kind
    /// Length of the whole file.
    let bytes: Int
    /// Length of the index behind the seal.
    let indexBytes: Int
    /// Digest of the lines above it and of everything behind the seal.
    let digest: Digest

    /// Where the HDF5 part starts for an index of `indexBytes`: HDF5 looks at 512, 1024, 2048 and so on.
    static func userBlock(indexBytes: Int) -> Int {
        var size = Seal.size
        while size < Seal.size + indexBytes { size *= 2 }
        return size
    }

    /// The lines that the digest covers.
    private static func lines(_ kind: Kind, bytes: Int, indexBytes: Int) -> String {
        "\(kind.firstLine)\nbytes \(bytes)\nindex \(indexBytes)\n"
    }

    /// The 512 bytes.
    var block: [UInt8] {
        let text = Seal.lines(kind, bytes: bytes, indexBytes: indexBytes) + "sha256 \(digest)\n"
        let padding = Seal.size - 1 - text.utf8.count
        return text.utf8 + Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    }
}

extension Seal {
    /// A whole file: seal, index, HDF5 part.
    static func file(_ kind: Kind, index: [UInt8] = [], image: [UInt8]) -> [UInt8] {
        let gap = userBlock(indexBytes: index.count) - size - index.count
        let rest = index + Array(repeating: 0, count: gap) + image
        let seal = Seal(kind, indexBytes: index.count, rest: rest)
        return seal.block + rest
    }

    /// The seal of a file that is `rest` from byte 512 on.
    init(_ kind: Kind, indexBytes: Int, rest: some Collection<UInt8>) {
        let bytes = Seal.size + rest.count
        let lines = Seal.lines(kind, bytes: bytes, indexBytes: indexBytes)
        self.init(kind: kind, bytes: bytes, indexBytes: indexBytes, digest: Digest(of: Array(lines.utf8) + rest))
    }

    /// The seal in the first bytes of the file at `path`, which has `size` bytes in all.
    init(reading block: [UInt8], size: Int, of kind: Kind, path: String) throws(StoreError) {
        let lines = block.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        guard let first = lines.first, first.hasPrefix("moderato \(kind.rawValue) layout ") else {
            throw .damaged(path: path, reason: "it does not begin as \(kind) files do")
        }
        if kind.isOutdated(first) { throw .outdated(path: path, found: first) }
        guard first == kind.firstLine else {
            throw .unknownLayout(path: path, found: String(first.prefix(60)), known: kind.firstLine)
        }
        guard lines.count > 3, let bytes = Int(lines[1].dropFirst(6)), let index = Int(lines[2].dropFirst(6)),
            let digest = Digest(hexadecimal: lines[3].dropFirst(7)), bytes >= 0, index >= 0
        else {
            throw .damaged(path: path, reason: "its first 512 bytes are not in order")
        }
        self.init(kind: kind, bytes: bytes, indexBytes: index, digest: digest)
        guard bytes == size else { throw .damaged(path: path, reason: "it has \(size) bytes of \(bytes)") }
        guard index <= bytes - Seal.size, self.block == block else {
            throw .damaged(path: path, reason: "its first 512 bytes are not in order")
        }
    }
}
