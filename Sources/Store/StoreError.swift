public import Foundation

/// Why a file could not be written, or was not believed when read.
///
/// `description` is one sentence that names the file, what went wrong and what to do.
public enum StoreError: Error, Equatable, Sendable {
    /// The system refused `action` on `path`.
    case refused(action: Action, path: String, reason: String)
    /// There is no such file.
    case missing(path: String)
    /// What stands at `path` is not what was once written there, or was never finished.
    case damaged(path: String, reason: String)
    /// The file was written with a layout that this version does not know.
    case unknownLayout(path: String, found: String, known: String)
    /// The file has a layout of an earlier version, which is not read any more.
    case outdated(path: String, found: String)
    /// The file is in order, but is not about what was asked for.
    case mismatch(path: String, reason: String)
    /// The values cannot be kept in the file at `path`.
    case unstorable(path: String, reason: String)

    /// What was tried when the system refused.
    public enum Action: String, Sendable {
        case createFolder = "create the folder"
        case list = "list"
        case lock = "lock"
        case remove = "remove"
        case read = "read"
        case write = "write"
    }

    /// The file or folder concerned.
    public var path: String {
        switch self {
        case .refused(_, let path, _), .missing(let path), .damaged(let path, _), .unknownLayout(let path, _, _),
            .outdated(let path, _), .mismatch(let path, _), .unstorable(let path, _):
            path
        }
    }
}

extension StoreError: CustomStringConvertible, LocalizedError {
    public var description: String {
        switch self {
        case .refused(let action, let path, let reason):
            "cannot \(action.rawValue) \(path): \(reason)"
        case .missing(let path):
            "there is no file \(path): run the experiment that makes it"
        case .damaged(let path, let reason):
            "\(path) is damaged (\(reason)): delete it and run again, it is computed anew"
        case .unknownLayout(let path, let found, let known):
            "\(path) has the layout \"\(found)\", this version reads \"\(known)\": use the version that wrote it, or"
                + " delete it and run again"
        case .outdated(let path, let found):
            "\(path) has the layout \"\(found)\" of an earlier version: run its experiment again, which replaces it"
        case .mismatch(let path, let reason):
            "\(path) is of something else: \(reason)"
        case .unstorable(let path, let reason):
            "\(path) was not written: \(reason)"
        }
    }

    public var errorDescription: String? { description }
}

extension StoreError {
    /// The error for the C library's error number `code`, after `action` on `path`.
    static func system(_ code: Int32, _ action: Action, _ path: String) -> StoreError {
        code == ENOENT && action == .read
            ? .missing(path: path)
            : .refused(action: action, path: path, reason: reason(code))
    }

    /// What the error number says, with a hint where there is one.
    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "no space is left; free some and run again, finished files are kept"
        case EFBIG: "the file size limit is reached; raise it (ulimit -f) and run again"
        case EROFS: "the file system is read-only; choose another folder"
        case EACCES, EPERM: "permission denied; allow it or choose another folder"
        case EISDIR: "a folder stands where a file should be; move it away"
        case ENOTDIR, EEXIST: "a file stands where a folder should be; move it away"
        default: String(cString: strerror(code))
        }
    }
}
