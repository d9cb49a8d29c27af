import Foundation
import TestSupport
import Testing

/// An embedding of two networks, from the declaration to the detection.
@Suite struct RichEmbeddingTests {
    private static let experiment = TemporaryProject.experiment + "\n  - {name: rich, kind: ridge, embedding: rich}\n"

    private func project(_ experiment: String = Self.experiment) throws -> (project: TemporaryProject, file: String) {
        let project = try TemporaryProject()
        try project.makeImages()
        try project.declareEmbedding()
        return (project, try project.experiment(experiment).path)
    }

    /// Ids of the trials that `file` plans, by adapter.
    private func trials(_ file: String) throws -> [String: [String]] {
        let plan = try Program.run(["plan", file, "--json"])
        let trials = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [[String: Any]] ?? []
        return Dictionary(grouping: trials) { $0["adapter"] as? String ?? "" }
            .mapValues { $0.compactMap { $0["trial"] as? String } }
    }

    private func caches(_ project: TemporaryProject) throws -> Set<String> {
        Set(try project.files(below: ".moderato/embeddings").keys.map { $0.components(separatedBy: "/")[0] })
    }

    @Test func aRunReportsWhatTheEmbeddingCostsAndASecondOneDoesNothing() throws {
        let (project, file) = try project()
        let first = try Program.run(["run", file])
        #expect(first.status == 0, "\(first.talk)")
        #expect(first.talk.contains("8 trials: 8 trained now"))
        let report = try String(
            contentsOf: project.root.appending(path: "Results/p/e/report.md"), encoding: .utf8)
        #expect(report.contains("embedding `rich`: 4 passes an image, 2 networks"))
        #expect(try caches(project).count == 2)

        let before = try project.files()
        let second = try Program.run(["run", file])
        #expect(second.talk.contains("8 trials: 0 trained now, 8 were finished"))
        #expect(try project.files() == before)
    }

    /// Bit for bit: the vectors in the cache are those that Python's onnxruntime gives, the base scores those of a run
    /// without the embedding.
    @Test func theCacheHoldsTheMeansOfEachNetworksViews() throws {
        let (project, file) = try project()
        #expect(try Program.run(["run", file]).status == 0)
        struct Answer: Decodable { let images: Int, unequal: [String], scores: [Int] }
        let script = """
            import glob, h5py, hashlib, numpy, onnxruntime
            from PIL import Image
            folder = f"{input}/Experiments/base-models"
            run = lambda name, tensor: onnxruntime.InferenceSession(f"{folder}/{name}.onnx").run(None, tensor)[0][0]

            def tensor(image, side):
                pixels = numpy.asarray(image.resize((side, side), Image.Resampling.BILINEAR), numpy.float32)
                return pixels.transpose(2, 0, 1)[None]

            def rich(image):
                grey = image.convert("L").convert("RGB")
                mirrored = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
                own = [run("tiny", {"images": tensor(view, 8)}) for view in (image, mirrored)]
                other = [run("other", {"pixels": tensor(view, 6)}) for view in (grey, image)]
                return numpy.concatenate([(pair[0] + pair[1]) / numpy.float32(2) for pair in (own, other)])

            cached, scores = {}, []
            for path in glob.glob(f"{input}/.moderato/embeddings/*/*.h5"):
                file = h5py.File(path)
                scores.append(file["base_scores"].shape[1])
                if file["embeddings"].shape[1] == 48 + 27:
                    cached |= {bytes(row).hex(): values for row, values in zip(file["images"][:], file["embeddings"][:])}
            unequal = []
            for path in glob.glob(f"{input}/Datasets/d/images/*.png")[:20]:
                digest = hashlib.sha256(open(path, "rb").read()).hexdigest()
                if not numpy.array_equal(cached[digest], rich(Image.open(path))): unequal.append(path)
            answer({"images": len(cached), "unequal": unequal, "scores": sorted(scores)})
            """
        let answer = try Oracle.run(script, input: project.root.path, as: Answer.self)
        #expect(answer.images == 60)
        #expect(answer.unequal == [])
        #expect(answer.scores == [0, 45])
    }

    @Test func anAdapterMayWriteOutThatItLearnsFromThePlainEmbedding() throws {
        let (project, file) = try project(TemporaryProject.experiment)
        let trials = try trials(file)
        try project.experiment(
            TemporaryProject.experiment.replacingOccurrences(of: "kind: ridge,", with: "kind: ridge, embedding: plain,")
        )
        #expect(try self.trials(file) == trials)
    }

    @Test func otherTrialsStayAndAnEditedEmbeddingIsAnother() throws {
        let (project, file) = try project()
        let declared = try trials(file)
        #expect(Set(declared["rich"] ?? []).isDisjoint(with: declared["ridge"] ?? []))
        #expect(try Program.run(["run", file]).status == 0)

        try project.declareEmbedding(views: "[flip, plain]")
        let edited = try trials(file)
        #expect(Set(edited["rich"] ?? []).isDisjoint(with: declared["rich"] ?? []))
        for adapter in ["platt", "shift", "ridge"] { #expect(edited[adapter] == declared[adapter]) }
        let run = try Program.run(["run", file])
        #expect(run.talk.contains("8 trials: 2 trained now, 6 were finished"), "\(run.talk)")
        #expect(try caches(project).count == 3)

        // Neither is a trial on the base model's own pass another one because an embedding is declared.
        try project.experiment()
        let plain = try trials(file)
        let model = project.root.appending(path: "Experiments/base-models/tiny.yaml")
        let text = try String(contentsOf: model, encoding: .utf8).components(separatedBy: "\nembeddings:")[0]
        try Data(text.utf8).write(to: model)
        #expect(try trials(file) == plain)
    }

    @Test func theCacheIsTheSameBytesWithAnyNumberOfThreads() throws {
        let (project, file) = try project()
        #expect(try Program.run(["run", file]).status == 0)
        let before = try project.files(below: ".moderato/embeddings")
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato"))
        #expect(try Program.run(["run", file, "--jobs", "1"]).status == 0)
        #expect(try project.files(below: ".moderato/embeddings") == before)
    }

    /// What is cached is taken from there, for either embedding: a dataset that doubles costs its new half.
    @Test func onlyWhatIsMissingIsEmbedded() throws {
        let (project, file) = try project()
        let manifest = try String(
            contentsOf: project.root.appending(path: "Datasets/d/manifest.jsonl"), encoding: .utf8)
        let lines = manifest.split(separator: "\n")
        try project.write("Datasets/d/manifest.jsonl", lines.prefix(30).joined(separator: "\n"))
        #expect(try Program.run(["run", file]).status == 0)
        let before = try project.files(below: ".moderato/embeddings")
        try project.write("Datasets/d/manifest.jsonl", manifest)
        let run = try Program.run(["run", file])
        #expect(run.talk.matches(of: #/embedding images: 30 to do/#).count == 2, "\(run.talk)")
        let after = try project.files(below: ".moderato/embeddings")
        #expect(before.allSatisfy { after[$0.key] == $0.value } && after.count == 4)

        // The same numbers as in one go: the reports name no cache.
        let report = try project.files(below: "Results")
        try FileManager.default.removeItem(at: project.root.appending(path: ".moderato"))
        #expect(try Program.run(["run", file]).status == 0)
        #expect(try project.files(below: "Results") == report)
    }

    @Test func aDetectionGivesTheScoreThatTheTrialRecorded() throws {
        let (project, file) = try project()
        #expect(try Program.run(["run", file]).status == 0)
        let id = try #require(trials(file)["rich"]?.first)
        struct Input: Encodable { let file: String }
        struct Recorded: Decodable { let path: String, confidence: Double }
        let script = """
            import h5py, math, os
            trial = h5py.File(input["file"])
            store = os.path.join(os.path.dirname(input["file"]), "../..")
            images = h5py.File(f"{store}/images/{trial.attrs['images']}.h5")
            index = int((trial["parts"][:] == 2).nonzero()[0][0])
            score = float(trial["labels/0/adapter_scores"][index])
            answer({"path": images["path"][index].decode(), "confidence": 100 / (1 + math.exp(-score))})
            """
        let trial = project.root.appending(path: ".moderato/trials/\(id.prefix(2))/\(id).h5")
        let recorded = try Oracle.run(script, input: Input(file: trial.path), as: Recorded.self)
        let arguments = [
            "detect", "Datasets/d/\(recorded.path)", "--base-model", "tiny", "--min-confidence", "0", "--adapter",
            String(id.prefix(12)),
        ]
        let detection = try Program.run(arguments, in: project.root)
        let response = try JSONSerialization.jsonObject(with: Data(detection.output.utf8)) as? [String: Any]
        let labels = response?["ModerationLabels"] as? [[String: Any]] ?? []
        let alcohol = try #require(labels.first { $0["Name"] as? String == "Alcohol" }?["Confidence"] as? Double)
        // Printed as a 32-bit number of percent: seven digits.
        #expect(abs(alcohol - recorded.confidence) <= 1e-5)

        try project.declareEmbedding(views: "[plain]")
        let refused = try Program.run(arguments, in: project.root)
        #expect(refused.status == 2)
        #expect(refused.talk.contains("which base model `tiny` does not declare"), "\(refused.talk)")
    }

    @Test func aMissingNetworkNamesTheCommandThatMakesIt() throws {
        let (project, file) = try project()
        try FileManager.default.removeItem(at: project.root.appending(path: "Experiments/base-models/other.onnx"))
        let run = try Program.run(["run", file])
        #expect(run.status == 2)
        #expect(run.talk.contains("other.onnx is missing; run `make rich`"), "\(run.talk)")
    }

    /// An image that one of the networks cannot use is left out for all adapters: they are compared on equal images.
    @Test func anImageWithoutARichEmbeddingIsSkippedForAll() throws {
        let (project, file) = try project(Self.experiment + "on_bad_image: skip\n")
        // Its plain embedding is 3 everywhere, the second network's 0.
        let script = """
            from PIL import Image
            Image.new("RGB", (9, 9), (3, 3, 3)).save(f"{input}/Datasets/d/images/black.png")
            open(f"{input}/Datasets/d/manifest.jsonl", "a").write('{"image":"images/black.png","present":[],"absent":"others"}\\n')
            answer(0)
            """
        _ = try Oracle.run(script, input: project.root.path, as: Int.self)
        let run = try Program.run(["run", file])
        #expect(run.status == 0, "\(run.talk)")
        #expect(run.talk.contains("black.png is skipped: the base model's embedding of this image is 0 everywhere"))
        #expect(run.talk.contains("8 trials: 8 trained now"))
    }
}
