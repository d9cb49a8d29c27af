import Evaluation
import Foundation
import Moderation
import Reporting

/// Made-up experiments whose scores spread over the whole scale, so that every threshold gives other numbers.
enum PageFixtures {
    /// What an adapter does to the scores of a label: how far it tells images apart, and how they are shifted.
    struct Skill {
        let name: String
        let separation: Double
        var shift = 0.0
    }

    static let skills = [
        Skill(name: "threshold-only", separation: 1.2, shift: 0.5), Skill(name: "platt", separation: 1.25),
        Skill(name: "ridge", separation: 2.6), Skill(name: "kernel", separation: 3.4),
    ]

    /// Two labels over repeated halves, galleries without and with pictures, one label sensitive.
    static func explored(picture: Gallery.Thumbnail? = nil) throws -> PageInput {
        try input(
            skills, labels: [["Alcohol"], ["Violence", "Weapons"]], repeats: 6, threshold: 62.5,
            galleries: galleries(picture, labels: [["Alcohol"], ["Violence", "Weapons"]], images: 5))
    }

    /// One label on one split, as the shortest experiments have.
    static func single() throws -> PageInput {
        try input(skills, labels: [["Alcohol"]], repeats: 1, threshold: 50, galleries: [])
    }

    /// Names that would do harm, break a table or end a script where they are not escaped.
    static let hostileNames = [
        "</script><img src=x onerror=alert(1)>", "\"'><svg onload=alert(2)>&amp;", "`code` <!-- `",
        "a\u{202E}b\u{0}c",
    ]

    static func hostile() throws -> PageInput {
        try input(
            hostileNames.map { Skill(name: $0, separation: 2) }, labels: [["<script>alert(3)</script>", "]]>"]],
            repeats: 1, threshold: 50, galleries: galleries(nil, labels: [["</style>"]], images: 2),
            question: "</title><script>alert(4)</script>\n  moderato run '<b>'")
    }

    /// A report of 2,000 images, all of which have a picture.
    static func large(_ pictures: [Gallery.Thumbnail]) throws -> PageInput {
        let images = (0..<2000).map { image("images/\($0).png", pictures[$0 % pictures.count]) }
        let galleries = stride(from: 0, to: 2000, by: 250).map { start in
            Gallery(
                label: Label(path: ["Alcohol"]), adapter: skills[start / 500].name,
                fate: start % 500 == 0 ? .fixed : .broken,
                kind: .falseNegatives, images: Array(images[start..<start + 250]), total: 300, isSensitive: false)
        }
        return try input(skills, labels: [["Alcohol"]], repeats: 2, threshold: 50, galleries: galleries, images: 2000)
    }

    private static func galleries(_ picture: Gallery.Thumbnail?, labels: [[String]], images: Int) -> [Gallery] {
        labels.enumerated().flatMap { place, path in
            [
                (Gallery.Fate.fixed, ErrorKind.falseNegatives), (.broken, .falsePositives),
                (.stillWrong, .falseNegatives),
            ]
            .map { fate, kind in
                Gallery(
                    label: Label(path: path), adapter: "kernel", fate: fate, kind: kind,
                    images: (0..<images).map { image("images/\(fate)-\($0)<b>.png", $0 == 2 ? nil : picture) },
                    total: images + 3, isSensitive: place == 1)
            }
        }
    }

    private static func image(_ path: String, _ picture: Gallery.Thumbnail?) -> Gallery.Image {
        Gallery.Image(
            path: path, counts: PairedCounts(bothWrong: 1, fixed: 2, broken: 0, bothRight: 0), baseConfidence: 12.34,
            adapterConfidence: 87.65,
            thumbnail: picture)
    }

    private static func input(
        _ skills: [Skill], labels: [[String]], repeats: Int, threshold: Double, galleries: [Gallery],
        images: Int = 240, question: String = Fixtures.question
    ) throws -> PageInput {
        let records = skills.flatMap { skill in
            (0..<repeats).map {
                record(skill, $0, labels: labels, repeats: repeats, threshold: threshold, images: images)
            }
        }
        let report = try Fixtures.input(
            records, adapters: skills.map(\.name), split: "halves by image, \(repeats) repeats", question: question)
        return PageInput(
            report: report,
            explorations: try LabelExploration.all(records: records, adapters: skills.map(\.name)), galleries: galleries
        )
    }

    private static func record(
        _ skill: Skill, _ repetition: Int, labels: [[String]], repeats: Int, threshold: Double, images: Int
    ) -> TrialRecord {
        let experiment = SyntheticExperiment(present: images / 3, missed: 0, absent: images - images / 3, alarms: 0)
        let split = repeats > 1 ? SyntheticExperiment.halves : SyntheticExperiment.allTest
        let blank = experiment.record(
            adapter: skill.name, repetition: repetition, split: split, result: experiment.result(.nothing, chosen: 10))
        let truth = blank.labels[0].truth
        return TrialRecord(
            id: Digest(of: "\(skill.name) \(repetition)"), specification: "{}", determinants: [], adapter: skill.name,
            repetition: repetition, thresholdConfidence: threshold, images: blank.images, parts: blank.parts,
            labels: labels.enumerated().map { place, path in
                let noise = truth.indices.map { wave($0 + 1000 * place) }
                let own = truth.indices.map { wave(7 * $0 + 31 * repetition + skill.name.utf8.count) }
                return LabelResult(
                    label: Label(path: path), truth: truth,
                    baseScores: truth.indices.map { score(truth[$0], 1.2, noise[$0]) },
                    adapterScores: truth.indices.map {
                        score(truth[$0], skill.separation, 0.8 * noise[$0] + 0.3 * own[$0]) + Float(skill.shift)
                    },
                    chosen: [LabelResult.Hyperparameter(name: "strength", value: 10)], head: [])
            })
    }

    /// A logit: above 0 on average where the label is present, below where it is absent.
    private static func score(_ truth: Truth, _ separation: Double, _ noise: Double) -> Float {
        Float((truth == .present ? 0.5 : -0.5) * separation + 1.6 * noise)
    }

    /// Numbers from -1.5 to 1.5 without a pattern that a threshold would notice.
    private static func wave(_ place: Int) -> Double {
        sin(Double(place) * 12.9898) + 0.5 * cos(Double(place) * 78.233)
    }
}
