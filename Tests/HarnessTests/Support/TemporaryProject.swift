import Foundation

/// A project in a folder of its own, removed when the test is over.
final class TemporaryProject {
    let root: URL

    /// A base-model file that checks, for a model that need not exist.
    static let baseModel = """
        base_model: tiny
        version: "1"
        taxonomy: "6.1"
        file: tiny.onnx
        sha256: \(String(repeating: "0", count: 64))
        install: make setup
        input: {name: images, layout: nchw, size: [8, 8]}
        outputs: {embedding: embedding, scores: scores}
        scoring: {rule: logit}
        labels:
          Alcohol/Alcoholic Beverages: [0]
          Violence/Weapons: [1]
        uncovered: [
          Alcohol/Drinking, Drugs, Explicit Nudity, Gambling, Hate Symbols, Rude Gestures, Suggestive, Tobacco,
          Violence/Graphic Violence Or Gore, Violence/Physical Violence, Violence/Weapon Violence,
          Violence/Self Injury, Visually Disturbing]
        """

    /// An experiment that checks.
    static let experiment = """
        # Is the question here?
        #   moderato run e.yaml
        experiment: e
        project: p
        base_model: tiny
        dataset: d
        labels: [Alcohol]
        split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}
        adapters:
          - {name: shift, kind: bias}
          - {kind: ridge, strength: [0.1, 1]}
        """

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "moderato-\(UUID().uuidString)")
        try write("Experiments/base-models/tiny.yaml", Self.baseModel)
        try write("Datasets/d/dataset.yaml", "dataset: d\ntaxonomy: \"6.1\"\n")
        let lines = (0..<12).map { index in
            #"{"image":"images/\#(index).png","present":[\#(index % 3 == 0 ? "\"Alcohol\"" : "")],"absent":"others"}"#
        }
        try write("Datasets/d/manifest.jsonl", lines.joined(separator: "\n"))
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Writes `text` into the file at `path` below the root.
    func write(_ path: String, _ text: String) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The experiment file with `text` in it.
    func experiment(_ text: String = TemporaryProject.experiment) throws -> URL {
        try write("Experiments/e.yaml", text)
        return root.appending(path: "Experiments/e.yaml")
    }
}
