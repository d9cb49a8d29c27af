import Foundation
import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

/// Embeddings and base scores of illustrations as a run left them in the embedding cache: numbers as a network makes them,
/// which a random sample is not like.
enum RealRows {
    static let hint: Comment = "no illustrations in the embedding cache: run Experiments/weapons.yaml"

    /// Whether the cache has some; read by Python, as anybody else would.
    static let areThere = rows != nil

    /// Sixty illustrations with a weapon or a tool; `nil` where none are embedded.
    static let rows: Rows<Training>? = {
        guard let answer: Answer = try? Oracle.run(script, input: Oracle.projectRoot.path) else { return nil }
        guard answer.truth.contains(true), answer.truth.contains(false) else { return nil }
        return Rows(
            label: label, images: EmbeddingSet(embeddings: Matrix(answer.embeddings), groups: answer.groups),
            baseScores: answer.baseScores, truth: answer.truth)
    }()

    private struct Answer: Decodable {
        let embeddings: [[Float]]
        let baseScores: [Float]
        let truth: [Bool]
        let groups: [Int]
    }

    /// Every so many of the selected images, so that there are some of all sources.
    private static let script = """
        import glob, os
        import h5py
        import numpy as np
        label = "Violence/Weapons"
        chosen = []
        for line in open(os.path.join(input, "Datasets/illustrations/manifest.jsonl")):
            record = json.loads(line)
            if label in record["present"] or "look-alike:" + label in record.get("tags", []): chosen.append(record)
        def read(folder):
            cached = {}
            for path in sorted(glob.glob(folder + "/*.h5")):
                with h5py.File(path) as file:
                    labels = [name.decode() for name in file["labels"]]
                    if label not in labels or file["embeddings"].shape[1] != 1280: return {}
                    scores = file["base_scores"][:, labels.index(label)]
                    for digest, embedding, score in zip(file["images"][:], file["embeddings"][:], scores):
                        cached[bytes(digest).hex()] = (embedding, score)
            return cached
        # The base model that has embedded most of them.
        folders = sorted(glob.glob(os.path.join(input, ".moderato/embeddings/*")))
        cached = max((read(folder) for folder in folders), key=len)
        # Neighbours in the manifest are of one group, so that there are groups of several images.
        there = [record for record in chosen if record["sha256"] in cached]
        there = [there[i + j] for i in np.linspace(0, len(there) - 4, 20).astype(int) for j in range(3)]
        names = {}
        answer(dict(
            embeddings=[cached[r["sha256"]][0].tolist() for r in there],
            baseScores=[float(cached[r["sha256"]][1]) for r in there],
            truth=[label in r["present"] for r in there],
            groups=[names.setdefault(r.get("group", r["image"]), len(names)) for r in there]))
        """
}
