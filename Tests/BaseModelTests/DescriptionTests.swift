import BaseModel
import Foundation
import Imaging
import Moderation
import Testing

@Suite struct DescriptionTests {
    private var description: BaseModelDescription

    init() throws {
        description = try ShippedModel.description()
    }

    @Test func aSoundDescriptionHasNoProblems() {
        #expect(description.problems.isEmpty)
    }

    @Test("Every contradiction is found at once, with its place")
    mutating func problems() throws {
        description.input.height = 0
        description.input.mean = [1, 2]
        description.input.deviation = [128, 0, 128]
        description.scoring.scale = -1
        description.labels[Label(path: ["Alcohol", "Beer"])] = [440]
        description.labels[Label(path: ["Drugs", "Pills"])] = []
        description.uncovered.removeAll { $0.name == "Middle Finger" }
        description.uncovered.append(Label(path: ["Violence"]))
        #expect(
            description.problems.map(\.description) == [
                "input.size: 0 x 224 pixels; allowed: 1 to 4096 a side",
                "input.mean: [1.0, 2.0]; allowed: 3 numbers",
                "input.deviation: [128.0, 0.0, 128.0]; allowed: 3 numbers above 0",
                "scoring.scale: -1.0; allowed: a number above 0",
                "labels.Alcohol/Beer: `Alcohol/Beer` is not a label of taxonomy 6.1",
                "labels.Drugs/Pills: []; allowed: at least one place, counted from 0",
                "uncovered: `Violence` is covered by `labels` as well",
                "uncovered: these labels are neither in `labels` nor in `uncovered`: Rude Gestures/Middle Finger",
            ])
        let contradictory = description
        let error = #expect(throws: BaseModelError.self) { try BaseModel(contradictory) }
        #expect(error == .contradiction(contradictory.problems))
    }

    @Test("An uncovered parent stands for its children")
    mutating func uncoveredParent() {
        description.uncovered.removeAll { $0.parent?.name == "Hate Symbols" }
        #expect(
            description.problems.map(\.message) == [
                "these labels are neither in `labels` nor in `uncovered`: Hate Symbols/Nazi Party, "
                    + "Hate Symbols/White Supremacy, Hate Symbols/Extremist"
            ])
        description.uncovered.append(Label(path: ["Hate Symbols"]))
        #expect(description.problems.isEmpty)
    }

    @Test("The digest changes with all that determines the outputs, and with nothing else")
    func digest() throws {
        typealias Change = (inout BaseModelDescription) -> Void
        let changes: [Change] = [
            { $0.sha256 = Digest(of: "another file") },
            { $0.input.name = "x" },
            { $0.input.layout = .nhwc },
            { $0.input.height = 225 },
            { $0.input.width = 225 },
            { $0.input.fit = .crop },
            { $0.input.filter = .bicubic },
            { $0.input.color = .bgr },
            { $0.input.background = .black },
            { $0.input.mean[2] = 127.5 },
            { $0.input.deviation[0] = 127 },
            { $0.outputs.embedding = "x" },
            { $0.outputs.scores = "x" },
            { $0.scoring.rule = .logit },
            { $0.scoring.scale = 1.25 },
            { $0.scoring.offset = 4.5 },
            { $0.labels[Label(path: ["Drugs", "Pills"])] = [721] },
            { $0.labels[Label(path: ["Drugs", "Pills"])] = nil },
        ]
        let digests = changes.map { change in
            var changed = description
            change(&changed)
            return changed.digest
        }
        #expect(Set(digests + [description.digest]).count == changes.count + 1)
        var same = description
        same.name = "another name"
        same.version = "2"
        same.file = URL(filePath: "/elsewhere.onnx")
        same.install = "another command"
        same.uncovered.reverse()
        same.labels[Label(path: ["Violence", "Weapons"])]?.reverse()
        #expect(same.digest == description.digest)
    }

    @Test("The canonical text is written as documented")
    mutating func canonicalText() {
        description.sha256 = Digest(of: "")
        description.labels = [Label(path: ["Drugs", "Pills"]): [845, 720, 720], Label(path: ["Alcohol"]): [440]]
        #expect(
            description.canonicalText == """
                base model, revision 1
                file e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                taxonomy 6.1
                input "images" nchw 224 x 224
                fit squash bilinear on #ffffff
                color rgb mean [127.0, 127.0, 127.0] deviation [128.0, 128.0, 128.0]
                embedding "embedding"
                scores "logits"
                scoring max_z_score scale 1.5 offset 4.0
                label Alcohol: [440]
                label Drugs/Pills: [720, 845]

                """)
    }
}
