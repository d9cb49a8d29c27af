import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

/// Background images say what images are like: none of them may show what is tested.
@Suite struct BackgroundTests {
    /// Twelve images of which the first eight are selected; of the others one is of a selected image's group, and one is a
    /// copy of a selected image.
    private func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        let lines = (0..<12).map { index in
            let group = index == 9 ? "object-1" : "object-\(index)"
            let content = String(format: "%064x", index == 10 ? 2 : index)
            return #"{"image":"images/\#(index).png","sha256":"\#(content)","group":"\#(group)","#
                + #""present":[\#(index % 3 == 0 ? "\"Alcohol\"" : "")],"absent":"others","#
                + #""tags":["\#(index < 8 ? "used" : "spare")"]}"#
        }
        try project.write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
        return project
    }

    private func experiment(_ background: String) -> String {
        TemporaryProject.experiment.replacingOccurrences(
            of: "labels: [Alcohol]", with: "images: {tags: [used]}\nbackground: \(background)\nlabels: [Alcohol]")
    }

    @Test(arguments: ["{tags: [used, spare]}", "{dataset: d}", "{dataset: [d], tags: [spare]}"])
    func selectedImagesTheirGroupsAndCopiesAreLeftOut(background: String) throws {
        let project = try project()
        let experiment = try Experiment(file: project.experiment(experiment(background)))
        #expect(experiment.backgroundCandidates.map(\.record.path) == ["images/8.png", "images/11.png"])
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
