import Foundation
import TestSupport

/// What a server of the tests works with: an empty data folder, and a bucket `photos` with images of a shipped dataset.
///
/// Keep the value alive: its folder goes with it.
final class ServiceFolder: Sendable {
    private let project: TemporaryProject
    /// Where projects, adapters and jobs are.
    let data: URL
    /// The folder of buckets.
    let buckets: URL
    /// The keys of the images in the bucket.
    let images: [String]

    /// - Parameter count: how many of the images that the base model finds weapons and drinks in, and of others.
    init(images count: Int = 6) throws {
        project = try TemporaryProject()
        data = project.root.appending(path: "data")
        buckets = project.root.appending(path: "s3")
        let photos = buckets.appending(path: "photos")
        let source = Oracle.projectRoot.appending(path: "Datasets/stickers/images/noto")
        let all = try FileManager.default.contentsOfDirectory(atPath: source.path).sorted()
        let known = ["1F37A.png", "1F52B.png", "1F377.png"].filter(all.contains)
        images = Array((known + all.filter { !known.contains($0) }).prefix(count))
        for folder in [data, photos] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        for image in images {
            try FileManager.default.copyItem(at: source.appending(path: image), to: photos.appending(path: image))
        }
    }

    /// A server on the shipped base model.
    func start(_ arguments: [String] = []) throws -> RunningServer {
        try RunningServer(["--data", data.path, "--s3", buckets.path] + arguments, in: Oracle.projectRoot)
    }

    /// What the Python program `name` of `Tests/Acceptance` answers as a client of `server`.
    func run<Output: Decodable>(
        _ name: String, _ server: RunningServer, _ more: [String: String] = [:], as type: Output.Type = Output.self
    ) throws -> Output {
        let folder = Oracle.projectRoot.appending(path: "Tests/Acceptance")
        let program = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        var input = Input(url: server.url, buckets: buckets.path, images: images, more: more)
        input.aws = Oracle.python.deletingLastPathComponent().appending(path: "aws").path
        return try Oracle.run("sys.path.insert(0, \"\(folder.path)\")\n" + program, input: input)
    }

    /// What the open job `id` works with.
    func open(_ id: String) -> URL { data.appending(path: "Jobs/open/\(id)") }

    private struct Input: Encodable {
        let url: String
        let buckets: String
        let images: [String]
        let more: [String: String]
        var aws = ""
    }
}
