internal import Foundation
internal import Moderation

/// An ONNX file with the digest that a description says it has.
struct NetworkFile {
    let file: URL
    let sha256: Digest
    /// The command that makes the file where it is missing, if there is one.
    let install: String?

    /// Opens the network, after comparing the file's bytes with the digest.
    func open(_ runtime: OnnxRuntime) throws(BaseModelError) -> OnnxSession {
        let bytes = try read()
        do throws(OnnxSession.Failure) {
            return try OnnxSession(runtime, model: bytes)
        } catch {
            throw .unusableFile(path: file.path, reason: error.reason)
        }
    }

    private func read() throws(BaseModelError) -> Data {
        let path = file.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missingFile(path: path, install: install)
        }
        guard !isFolder.boolValue else { throw .unreadableFile(path: path, reason: "it is a folder") }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw .unreadableFile(path: path, reason: error.localizedDescription)
        }
        let actual = Digest(of: bytes)
        guard actual == sha256 else {
            throw .wrongDigest(path: path, expected: sha256, actual: actual, install: install)
        }
        return bytes
    }
}
