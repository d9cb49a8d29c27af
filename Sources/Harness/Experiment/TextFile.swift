public import Foundation
internal import Moderation

/// Reading text files with errors a user can act on.
public enum TextFile {
    /// The text of `file`.
    static func read(_ file: URL) throws(Findings) -> String {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw Findings([Finding(reason(for: error, file: file), at: Place(file: name(of: file), line: 0))])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Findings([Finding("the file is not UTF-8 text", at: Place(file: name(of: file), line: 0))])
        }
        return text
    }

    /// The file as it is named to a person: relative to the current directory where it stands below it.
    public static func name(of file: URL) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        let path = file.standardizedFileURL.path
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }

    private static func reason(for error: any Error, file: URL) -> String {
        let isRefused = (error as? CocoaError)?.code == .fileReadNoPermission
        if isRefused && !FileManager.default.isReadableFile(atPath: file.path) {
            return "the file cannot be read: no permission"
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
            return "there is no such file"
        }
        return isFolder.boolValue ? "this is a folder, not a file" : "this is not a regular file"
    }
}
