import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

/// Background images say what images are like: none of them may show what is tested.
@Suite struct BackgroundTests {
    /// Of the dataset `d` the first eight of twelve images are selected, and one of the others is of a selected image's
    /// group; of the dataset `other` one of two images is a copy of a selected one.
    private func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        let own = (0..<12).map { index in
            line(index, content: index, group: index == 9 ? "object-1" : "object-\(index)", isUsed: index < 8)
        }
        try project.write("Datasets/d/manifest.jsonl", own.joined(separator: "\n"))
        let others = [2, 99].map { line($0, content: $0, group: "other-\($0)", isUsed: false) }
        try project.write("Datasets/other/dataset.yaml", "dataset: other\ntaxonomy: \"6.1\"\n")
        try project.write("Datasets/other/manifest.jsonl", others.joined(separator: "\n"))
        return project
    }

    private func line(_ index: Int, content: Int, group: String, isUsed: Bool) -> String {
        #"{"image":"images/\#(index).png","sha256":"\#(String(format: "%064x", content))","group":"\#(group)","#
            + #""present":[\#(index % 3 == 0 ? "\"Alcohol\"" : "")],"absent":"others","#
            + #""tags":["\#(isUsed ? "used" : "spare")"]}"#
    }

    private func experiment(_ background: String) -> String {
        TemporaryProject.experiment.replacingOccurrences(
            of: "labels: [Alcohol]", with: "images: {tags: [used]}\nbackground: \(background)\nlabels: [Alcohol]")
    }

    @Test(arguments: [
        ("{tags: [used, spare]}", ["8", "10", "11"]), ("{dataset: d}", ["8", "10", "11"]), ("{dataset: other}", ["99"]),
        ("{dataset: [other, d], tags: [spare]}", ["99", "8", "10", "11"]),
    ])
    func selectedImagesTheirGroupsAndCopiesAreLeftOut(background: String, expected: [String]) throws {
        let project = try project()
        let experiment = try Experiment(file: project.experiment(experiment(background)))
        #expect(experiment.backgroundCandidates.map(\.record.path) == expected.map { "images/\($0).png" })
    }

    @Test func withoutTheKeyThereIsNone() throws {
        let project = try project()
        let experiment = try Experiment(file: project.experiment())
        #expect(experiment.background == nil && experiment.backgroundCandidates.isEmpty)
    }

    @Test func aBackgroundOfSelectedImagesIsAFinding() throws {
        let project = try project()
        let file = try project.experiment(experiment("{tags: [used]}"))
        #expect {
            try Experiment(file: file)
        } throws: { error in
            let findings = (error as? Findings)?.all ?? []
            return findings.contains { $0.message.hasPrefix("`background` has no image that is not selected") }
        }
    }
}
