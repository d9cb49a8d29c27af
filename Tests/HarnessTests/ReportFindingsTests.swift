import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

/// What `report` in an experiment file may say, and ways of saying it wrong.
@Suite struct ReportFindingsTests {
    private func options(_ text: String) throws -> Experiment.ReportOptions {
        let project = try TemporaryProject()
        return try Experiment(file: project.experiment(TemporaryProject.experiment + text)).reportOptions
    }

    @Test func optionsAreRead() throws {
        let standard = try options("")
        #expect(standard.showsImages && standard.maximumBytes == 8_000_000)
        #expect(standard.sensitive == Experiment.ReportOptions.standardSensitive(.version6_1))
        let own = try options("\nreport: {images: false, sensitive: [Violence/Weapons], megabytes: 0.5}")
        #expect(!own.showsImages && own.maximumBytes == 500_000)
        #expect(own.sensitive == [Label(path: ["Violence", "Weapons"])])
        #expect(try options("\nreport: {sensitive: none}").sensitive == [])
    }

    @Test func mistakesAreFound() throws {
        let text = TemporaryProject.experiment
        try check(text + "\nreport: {images: 1️⃣maybe}", ["`images` is `true` or `false`, given `maybe`"])
        try check(text + "\nreport: {images: 1️⃣\"true\"}", ["`images` is `true` or `false`, given the text `true`"])
        for number in ["-1", "1e300", "-1e300", ".inf"] {
            try check(
                text + "\nreport: {megabytes: 1️⃣\(number)}",
                ["`megabytes` is a number above 0 to 100, given `\(number)`"])
        }
        try check(
            text + "\nreport: {sensitive: [1️⃣Weapons]}",
            [
                "`Weapons` is not a label of taxonomy 6.1 (labels are written with their parents: did you mean "
                    + "`Violence/Weapons`?)"
            ])
    }

    /// Both taxonomies have all that is meant; weapons, drugs and swimwear are not.
    @Test func standardSensitiveLabelsAreInEachTaxonomy() throws {
        for taxonomy in Taxonomy.all {
            let options = Experiment.ReportOptions(
                showsImages: true, sensitive: Experiment.ReportOptions.standardSensitive(taxonomy), maximumBytes: 0)
            let sensitive = taxonomy.labels.filter(options.isSensitive).map(\.description)
            for word in ["Nudity", "Graphic", "Hate Symbols", "Visually Disturbing", "Nazi Party"] {
                #expect(sensitive.contains { $0.contains(word) }, "\(word) of \(taxonomy.version)")
            }
            for name in ["Violence/Weapons", "Alcohol", "Gambling", "Rude Gestures"] {
                #expect(!sensitive.contains(name))
            }
            // A parent may hold what a child is sensitive for.
            #expect(sensitive.contains("Violence"))
            #expect(!options.allows(Annotation(present: [Label(path: ["Visually Disturbing"])])))
            #expect(options.allows(Annotation(present: [Label(path: ["Alcohol"])])))
        }
    }
}
