internal import Foundation

/// A file of ours, opened and its seal looked at.
struct SealedFile: ~Copyable {
    let path: String
    let seal: Seal
    private let file: Descriptor

    /// Opens the file at `path` and checks its seal, its kind and its length, not what is behind the seal.
    init(opening path: String, as kind: Seal.Kind) throws(StoreError) {
        let file = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK, for: .read)
        let size = try file.regularSize()
        guard size <= Seal.largestFile else { throw .damaged(path: path, reason: "\(size) bytes are too many") }
        let seal = try Seal(reading: try file.read(min(size, Seal.size)), size: size, of: kind, path: path)
        self.path = path
        self.seal = seal
        self.file = file
    }

    /// The index, not checked: whoever relies on it reads the whole file next.
    func index() throws(StoreError) -> [UInt8] {
        Array(try file.read(Seal.size + seal.indexBytes).dropFirst(Seal.size))
    }

    /// All bytes of the file, checked against the seal.
    func checkedBytes() throws(StoreError) -> [UInt8] {
        let bytes = try file.read(seal.bytes)
        guard Seal(seal.kind, indexBytes: seal.indexBytes, rest: bytes.dropFirst(Seal.size)) == seal else {
            throw .damaged(path: path, reason: "its bytes do not have the SHA-256 that its first lines say")
        }
        return bytes
    }

    /// What the file says, after all its bytes were checked against the seal, and its content against its commit marker.
    func content() throws(StoreError) -> FileContent {
        let bytes = try checkedBytes()
        let content: FileContent
        do throws(HDF5Failure) {
            content = try FileContent(file: bytes)
        } catch {
            throw .damaged(path: path, reason: "HDF5 failed at \(error)")
        }
        guard content.isComplete else {
            throw .damaged(path: path, reason: "it has no commit marker that fits its content")
        }
        return content
    }
}

extension FileContent {
    /// The bytes of a whole file that holds this content and its commit marker, sealed and proven readable.
    func sealed(as kind: Seal.Kind, index: [UInt8] = [], path: String) throws(StoreError) -> [UInt8] {
        if let key = keys.first(where: { self[$0]?.isStorable == false }) {
            throw .unstorable(path: path, reason: "a text of \(key) contains a zero byte, which ends a text in HDF5")
        }
        let content = completed()
        do throws(HDF5Failure) {
            let image = try content.image(userBlock: Seal.userBlock(indexBytes: index.count))
            let file = Seal.file(kind, index: index, image: image)
            guard try FileContent(file: file) == content else {
                throw HDF5Failure(description: "reading back: other values than were written")
            }
            return file
        } catch {
            throw .unstorable(path: path, reason: "HDF5 failed at \(error)")
        }
    }
}
