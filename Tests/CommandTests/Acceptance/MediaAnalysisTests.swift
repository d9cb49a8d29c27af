import Foundation
import TestSupport
import Testing

/// Bulk jobs as boto3 sees them, and as a server that is killed leaves them.
@Suite struct MediaAnalysisTests {
    @Test func jobsAnswerAsTheOperationForEachImage() throws {
        let folder = try ServiceFolder()
        let server = try folder.start()
        let ids: [String] = try folder.run("media_analysis.py", server)
        #expect(Set(ids).count == ids.count)
        #expect(server.stop() == 0)
        // What jobs worked with is gone with them.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.data.appending(path: "Jobs/open").path) == [])
    }
}
