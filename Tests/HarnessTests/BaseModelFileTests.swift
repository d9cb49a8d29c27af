import BaseModel
import Foundation
import Harness
import Moderation
import TestSupport
import Testing

@Suite struct BaseModelFileTests {
    private func findings(_ marked: String) throws -> (said: [String], places: [String]) {
        let text = MarkedText(marked)
        let project = try TemporaryProject()
        try project.write("m.yaml", text.text)
        do {
            _ = try BaseModelFile.read(project.root.appending(path: "m.yaml"))
            return ([], text.places)
        } catch {
            let said = error.all.map { "\($0.place.map { "\($0.line):\($0.column)" } ?? "-"): \($0.message)" }
            return (said, text.places)
        }
    }

    @Test func theShippedModelIsRead() throws {
        let file = Oracle.projectRoot.appending(path: "Experiments/base-models/imagenet-moderation.yaml")
        let model = try BaseModelFile.read(file)
        #expect(model.name == "imagenet-moderation")
        #expect(model.scoring == .init(rule: .maxZScore, scale: 1.5, offset: 4))
        #expect(model.file.path == Oracle.projectRoot.appending(path: ".moderato/models/efficientnet-lite0.onnx").path)
        #expect(model.coveredLabels.contains(Label(path: ["Alcohol"])))
        #expect(Set(model.labels.keys).isDisjoint(with: model.uncovered))
        #expect(model.problems.isEmpty)
    }

    @Test func mistakesOfFormAreFoundAtTheirPlaces() throws {
        let marked = TemporaryProject.baseModel()
            .replacingOccurrences(of: "layout: nchw", with: "layout: 1️⃣chw")
            .replacingOccurrences(of: "rule: logit", with: "rule: 2️⃣logits")
            .replacingOccurrences(of: "  Violence/Weapons: [1]", with: "  3️⃣Weapons: [1]")
        let found = try findings(marked)
        #expect(
            found.said == [
                "\(found.places[0]): `layout` is one of `nchw`, `nhwc`, given `chw`",
                "\(found.places[1]): `rule` is one of `max_z_score`, `probability`, `logit`, given `logits`",
                "\(found.places[2]): `Weapons` is not a label of taxonomy 6.1",
            ])
    }

    @Test func whatContradictsItselfIsFoundAtItsPlace() throws {
        let marked = TemporaryProject.baseModel()
            .replacingOccurrences(of: "[8, 8]}", with: "[8, 8], deviation: 1️⃣[1, 0, 1]}")
        let found = try findings(marked)
        #expect(found.said == ["\(found.places[0]): input.deviation: [1.0, 0.0, 1.0]; allowed: 3 numbers above 0"])
    }

    @Test(arguments: [("[8, 8]", "[8]"), ("0000", "zz"), ("[8, 8]}", "[8, 8], background: white}")])
    func valuesThatAreNone(right: String, wrong: String) throws {
        #expect(try findings(TemporaryProject.baseModel().replacingOccurrences(of: right, with: wrong)).said.count == 1)
    }
}
