public import Foundation
internal import Imaging
public import LinearAlgebra

/// A small picture of an image, upright, on white where it is transparent, without anything but pixels.
public struct Thumbnail: Sendable, Equatable {
    /// In pixels.
    public let width: Int
    /// In pixels.
    public let height: Int
    /// A lossy WebP.
    public let bytes: [UInt8]

    /// No side is longer, in pixels.
    public static let side = 144
    /// What `bytes` are.
    public static let mediaType = "image/webp"

    private static let quality = 70

    /// The thumbnail of the image in `file`; `nil` where it cannot be read, which is no reason to have no report.
    public init?(of file: URL) {
        guard let bytes = try? ImageFile.read(file), let image = try? RGBImage(decoding: bytes) else { return nil }
        let small = image.shrunk(toFit: Self.side, filter: .bicubic)
        guard let encoded = try? small.webP(quality: Self.quality) else { return nil }
        width = small.width
        height = small.height
        self.bytes = encoded
    }

    /// The thumbnails of `files`, in that order, until they take more than `limit` bytes: those from there on are `nil`, and so
    /// are those that cannot be read. The result does not depend on `jobs`, the number of threads.
    public static func all(
        of files: [URL], limit: Int, jobs: Int = Workers.standardCount
    ) -> [Thumbnail?] {
        var thumbnails: [Thumbnail?] = []
        var room = limit
        // A portion at a time, so that little is made in vain.
        for start in stride(from: 0, to: files.count, by: 256) {
            let portion = files[start..<min(start + 256, files.count)]
            let made = Workers.map(portion.count, jobs: jobs) { Thumbnail(of: portion[start + $0]) }
            for thumbnail in made where room >= 0 {
                room -= thumbnail?.bytes.count ?? 0
                thumbnails.append(room >= 0 ? thumbnail : nil)
            }
            guard room >= 0 else { break }
        }
        return thumbnails + Array(repeating: nil, count: files.count - thumbnails.count)
    }
}
