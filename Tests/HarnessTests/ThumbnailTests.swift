import Foundation
import TestSupport
import Testing

@testable import Harness

/// Thumbnails of files, of which some are none.
@Suite struct ThumbnailTests {
    @Test func whatCannotBeReadHasNoneAndTheLimitHolds() throws {
        let project = try TemporaryProject()
        try project.makeImages(20)
        try project.write("Datasets/d/images/text.png", "no image")
        let folder = project.root.appending(path: "Datasets/d/images")
        let files = (0..<20).map { folder.appending(path: "\($0).png") }
        let all = Thumbnail.all(of: files, limit: .max)
        let sizes = all.compactMap { $0?.bytes.count }
        #expect(sizes.count == 20 && all.allSatisfy { $0?.width == 16 && $0?.height == 16 })

        let mixed = [
            folder.appending(path: "text.png"), files[0], folder.appending(path: "none.png"), folder, files[1],
        ]
        #expect(Thumbnail.all(of: mixed, limit: .max) == [nil, all[0], nil, nil, all[1]])

        for limit in [0, sizes[0] - 1, sizes[0], sizes[0...6].reduce(0, +)] {
            let limited = Thumbnail.all(of: files, limit: limit)
            let count = limited.prefix { $0 != nil }.count
            #expect(limited.count == 20 && limited.dropFirst(count).allSatisfy { $0 == nil })
            #expect(Array(limited.prefix(count)) == Array(all.prefix(count)))
            #expect(sizes.prefix(count).reduce(0, +) <= limit && sizes.prefix(count + 1).reduce(0, +) > limit)
        }
    }

    @Test func threadsDoNotMatter() throws {
        let project = try TemporaryProject()
        try project.makeImages(30)
        let files = (0..<30).map { project.root.appending(path: "Datasets/d/images/\($0).png") }
        #expect(Thumbnail.all(of: files, limit: 3000, jobs: 1) == Thumbnail.all(of: files, limit: 3000, jobs: 7))
    }
}
