import Foundation
import TestSupport
import Testing

/// `moderato run` of an experiment with several splits and training sizes.
@Suite struct SettingsRunTests {
    private static let experiment = TemporaryProject.experiment.replacing(
        "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}",
        with: """
            split:
              - {name: halves, training: 0.5, test: 0.5, repeats: 2, seed: 1}
              - {name: images, training: 0.6, test: 0.4, by: image, repeats: 2, seed: 1}
            training_size: [4, 1000, all]
            """)

    private struct Line: Decodable {
        let trial: String
        let adapter: String
        let split: String
        let repetition: Int
        let training_images: Int
    }

    @Test func everySettingIsTrainedOnceAndReportedSideBySide() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let file = try project.experiment(Self.experiment)
        let run = try Program.run(["run", file.path])
        // Two splits, two repeats, three adapters, and of three sizes two: there are no 1000 images.
        #expect(run.talk.contains("24 trials: 24 trained now, 0 were finished"), "\(run.talk)")
        let plan = try Program.run(["plan", file.path, "--json"])
        let lines = try JSONDecoder().decode([Line].self, from: Data(plan.output.utf8))
        #expect(lines.count == 24 && Set(lines.map(\.trial)).count == 24)
        #expect(Set(lines.map(\.training_images)) == [8, 30, 36])

        let files = try project.files(below: "Results/p/e")
        #expect(
            Set(files.keys) == [
                "report.md", "comparison.csv", "comparison.json", "promises.csv", "still-wrong.csv", "curves.csv",
                "curve-Alcohol.svg", "report.html", "plane-Alcohol.svg", "precision-recall-Alcohol.svg",
                "reliability-Alcohol.svg", "thresholds.csv", "precision-recall.csv", "reliability.csv",
            ])
        let report = String(decoding: files["report.md"] ?? Data(), as: UTF8.self)
        for text in ["## Side by side", "![Learning curves of Alcohol](curve-Alcohol.svg)", "all there are (12.0)"] {
            #expect(report.contains(text))
        }
        let again = try Program.run(["run", file.path])
        #expect(again.talk.contains("24 trials: 0 trained now, 24 were finished") && again.output == run.output)
        #expect(try project.files(below: "Results/p/e") == files)
    }

    /// What a trial is called by does not depend on the settings it stands beside.
    @Test func aSettingSharesItsTrialsWithAnExperimentOfItsOwn() throws {
        let project = try TemporaryProject()
        try project.makeImages()
        let alone = try Program.run(["run", project.experiment().path])
        #expect(alone.talk.contains("6 trials: 6 trained now"))
        let together = try Program.run(["run", project.experiment(Self.experiment).path])
        #expect(together.talk.contains("24 trials: 18 trained now, 6 were finished"), "\(together.talk)")
    }
}
