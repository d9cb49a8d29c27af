import Foundation
import TestSupport
import Testing

/// An update from the shipped base model to the second one, on real images through both networks.
@Suite struct SecondBaseModelTests {
    private static let experiment = """
        # Does moving the threshold, or ridge, find more alcohol on stickers?
        #   moderato run small.yaml
        experiment: small
        project: marketplace
        base_model: imagenet-moderation
        dataset: stickers
        images: {labels: [Alcohol], look_alikes_of: [Alcohol]}
        labels: [Alcohol]
        split: {training: 0.5, test: 0.5, by: group, repeats: 1, seed: 7}
        adapters:
          - {name: ridge, kind: ridge, strength: [0.1, 1]}
          - {name: likeness, kind: kernel}
        """

    @Test func adaptersMoveFromLite0ToLite1() throws {
        let project = try TemporaryProject.sharingWithThisOne()
        try project.write("small.yaml", Self.experiment)
        let program = { (arguments: [String]) in try Program.run(arguments, in: project.root) }
        let run = try program(["run", "small.yaml"])
        #expect(run.status == 0, "\(run.talk)")
        let trials = try #require(
            UpdateProject.objects(program(["plan", "small.yaml", "--json"]).output) as? [[String: Any]])
        for name in ["ridge", "likeness"] {
            let trial = try #require(trials.first { $0["adapter"] as? String == name }?["trial"] as? String)
            #expect(try program(["adapter", "create", "marketplace", name, "--from", trial]).status == 0)
        }
        let update = { (more: [String]) in
            try program(["update", "marketplace", "--base-model", "imagenet-moderation-lite1", "--json"] + more)
        }
        // Two or three dozen stickers of a few bottles show no five points.
        let first = try update([])
        #expect(first.status == 6, "\(first.talk)")
        let again = try update(["--quiet"])
        #expect(again.output == first.output && again.status == 6)
        for adapter in try UpdateProject.updates(first.output) {
            let judgements = try #require(adapter["judgements"] as? [[String: Any]])
            let bases = { (side: String) in judgements.map { ($0[side] as? [String: Any])?["base_errors"] as? Double } }
            // Two networks, two base models.
            #expect(bases("old") != bases("new"), "\(judgements)")
        }
        let accepted = try update(["--accept"])
        #expect(accepted.status == 0, "\(accepted.talk)")
        let image = "Datasets/stickers/" + (try firstImage(in: project.root))
        for name in ["ridge", "likeness"] {
            let detections = try ["/1", "/2", ""].map { number in
                let detected = try program(
                    ["detect", image, "--min-confidence", "0", "--adapter", "marketplace/\(name)\(number)"])
                #expect(detected.status == 0, "\(detected.talk)")
                return detected.output
            }
            #expect(detections[1] == detections[2] && detections[0] != detections[1])
        }
    }

    private func firstImage(in root: URL) throws -> String {
        let manifest = try String(contentsOf: root.appending(path: "Datasets/stickers/manifest.jsonl"), encoding: .utf8)
        return String(try #require(manifest.firstMatch(of: /"image": ?"([^"]+)"/)).output.1)
    }
}
