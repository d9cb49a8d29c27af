import Foundation
import TestSupport
import Testing

/// A project whose dataset has flaws that were planted, and no others.
struct LintProject {
    let project: TemporaryProject

    /// What lint found.
    struct Report: Decodable {
        let findings: [Finding]
        let notes: [String]

        /// The findings of a class, those that are to be mended first.
        func of(_ kind: String) -> [Finding] { findings.filter { $0.kind == kind } }
    }

    struct Finding: Decodable {
        let kind: String
        let message: String
        let images: [String]
        let harmless: Bool
        let label: String?
        let annotated: String?

        private enum CodingKeys: String, CodingKey {
            case kind = "class"
            case message, images, harmless, label, annotated
        }
    }

    /// 60 images of coarse patterns, every third one red and showing alcohol, from two sources by turns.
    ///
    /// - Parameters:
    ///   - script: Python that plants: `save(name, image, **fields)` adds an image or replaces one, `load(number)` gives
    ///     one, `lines` is the manifest by image.
    init(planting script: String = "") throws {
        project = try TemporaryProject()
        try project.makeImages(3)
        _ = try Oracle.run(Self.script + script + Self.ending, input: ["root": project.root.path], as: Bool.self)
    }

    private static let script = """
        import base64, io, os, numpy
        from PIL import Image, ImageDraw, ImageOps, ImageEnhance
        folder = input["root"] + "/Datasets/d/"
        random = numpy.random.default_rng(11)
        lines = {}

        def save(name, image, **fields):
            path = f"images/{name}"
            image.save(folder + path, quality=fields.pop("quality", 95)) if image else None
            lines[path] = {"image": path, "absent": "others", "source": "a", **fields}

        def load(number): return Image.open(f"{folder}images/{number}.png").convert("RGB")

        for index in range(60):
            alcohol = index % 3 == 0
            grain = random.integers(0, 256, (6, 6, 3)) * 0.5 + numpy.array([110, 40, 40] if alcohol else [50, 50, 90])
            image = Image.fromarray(grain.astype("uint8")).resize((64, 64), Image.Resampling.BICUBIC)
            save(f"{index}.png", image, present=["Alcohol"] if alcohol else [], source="ab"[index % 2])

        """

    private static let ending = """

        open(folder + "manifest.jsonl", "w").write("".join(json.dumps(line) + "\\n" for line in lines.values()))
        answer(True)
        """

    /// `moderato lint` with `arguments`.
    func lint(_ arguments: [String] = []) throws -> Program.Outcome {
        try Program.run(["lint", "d", "--base-model", "tiny", "--root", project.root.path] + arguments)
    }

    /// Everything that lint finds.
    func report() throws -> Report {
        let outcome = try lint(["--json"])
        #expect(outcome.status == 0, "\(outcome.talk)")
        return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    }
}
