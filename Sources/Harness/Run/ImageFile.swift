internal import Foundation
internal import Imaging

/// Reading image files, with the limit on bytes looked at before anything is read.
enum ImageFile {
    /// Why a file was not read.
    enum Failure: Error, CustomStringConvertible {
        case missing
        case notAFile
        case tooLarge(bytes: Int, limit: Int)
        case refused

        var description: String {
            switch self {
            case .missing: "there is no such file"
            case .notAFile: "this is not a regular file"
            case .tooLarge(let bytes, let limit): "the file has \(bytes) bytes, the limit is \(limit)"
            case .refused: "the file cannot be read: no permission"
            }
        }
    }

    /// The decoder's own limit, known before anything is read.
    private static let maximumBytes = ImageLimits.standard.maximumBytes

    /// The bytes of `file`.
    static func read(_ file: URL) throws(Failure) -> [UInt8] {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)
        else {
            throw .missing
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notAFile }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size <= maximumBytes else { throw .tooLarge(bytes: size, limit: maximumBytes) }
        guard let data = FileManager.default.contents(atPath: file.path) else { throw .refused }
        return Array(data)
    }
}
