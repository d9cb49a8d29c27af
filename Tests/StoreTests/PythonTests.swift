import Evaluation
import Foundation
import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Store

/// h5py reads what we wrote: the same values, types and texts, and the digest rules of `docs/store-layout.md`.
@Suite struct PythonTests {
    @Test func aTrialReadsTheSameInPython() throws {
        struct Answer: Decodable {
            let layout: String
            let layoutType: String
            let specification: String
            let paths: [String]
            let digests: [String]
            let parts: [UInt8]
            let label: String
            let truth: [UInt8]
            let scoreBits: [UInt32]
            let types: [String: String]
            let head: [String]
            let weights: [Float]
            let contentDigest: String
            let images: String
            let imagesDigest: String
            let complete: String
            let sealed: Bool
        }
        let script = """
            import h5py, hashlib, os, numpy as np
            f = h5py.File(input)
            folder = os.path.join(os.path.dirname(input), "../../images")
            images = h5py.File(os.path.join(folder, f.attrs["images"] + ".h5"))
            types = {}
            def value(item):
                if h5py.check_string_dtype(item.dtype):
                    texts = [item.asstr()[()]] if item.shape == () else list(item.asstr()[:])
                    return "text", b"".join(text.encode() + b"\\0" for text in texts)
                array = np.ascontiguousarray(item[()])
                return str(array.dtype), array.tobytes()
            def attribute(value):
                if isinstance(value, str): return "text", (), value.encode() + b"\\0"
                array = np.asarray(value)
                if array.dtype.kind in "OSU":
                    return "text", array.shape, b"".join(text.encode() + b"\\0" for text in array)
                return str(array.dtype), array.shape, array.tobytes()
            def content_digest(file):
                items = {}
                def visit(name, item):
                    for key, content in item.attrs.items():
                        items[f"{name}@{key}"] = attribute(content)
                    if isinstance(item, h5py.Dataset):
                        kind, content = value(item)
                        items[name] = (kind, item.shape, content)
                        types[name] = item.dtype.str
                visit("", file)
                file.visititems(visit)
                digest = hashlib.sha256()
                for key in sorted(items, key=str.encode):
                    if key == "@complete": continue
                    kind, shape, content = items[key]
                    digest.update(f"{key}\\t{kind}\\t{'x'.join(map(str, shape))}\\n".encode() + content)
                return digest.hexdigest()
            label = f["labels/0"]
            data = open(input, "rb").read()
            seal = data.index(b"sha256 ")
            sealed = hashlib.sha256(data[:seal] + data[512:]).hexdigest().encode() == data[seal + 7:seal + 71]
            answer({
                "layout": f.attrs["layout"], "layoutType": type(f.attrs["layout"]).__name__,
                "specification": f["specification"].asstr()[()],
                "paths": list(images["path"].asstr()[:]),
                "digests": [bytes(row).hex() for row in images["digest"][:]],
                "parts": f["parts"][:].tolist(),
                "label": label.attrs["name"], "truth": images["labels/0/truth"][:].tolist(),
                "scoreBits": label["adapter_scores"][:].view("u4").tolist(),
                "types": types, "head": list(label["head"].attrs["order"]),
                "weights": label["head/weights"][0].tolist(),
                "contentDigest": content_digest(f), "complete": f.attrs["complete"],
                "imagesDigest": content_digest(images), "images": f.attrs["images"],
                "sealed": sealed,
            })
            """
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            for images in [0, 1, 600] {
                let record = TrialRecord.sample(seed: 11, images: images, labels: 2)
                try store.write(record)
                let answer = try Oracle.run(script, input: store.file(of: record.id).path, as: Answer.self)
                let label = record.labels[0]
                #expect(answer.layout == "moderato-trial" && answer.layoutType == "str")
                #expect(Array(answer.specification.utf8) == Array(record.specification.utf8))
                #expect(answer.paths.map { Array($0.utf8) } == record.images.map { Array($0.path.utf8) })
                #expect(answer.digests == record.images.map(\.digest.description))
                #expect(answer.parts == record.parts.map(\.rawValue))
                #expect(answer.label == label.label.description)
                #expect(answer.truth == label.truth.map(\.rawValue))
                #expect(answer.scoreBits == label.adapterScores.map(\.bitPattern))
                #expect(answer.types["labels/0/adapter_scores"] == "<f4")
                #expect(answer.types["labels/0/chosen/value"] == "<f8")
                #expect(answer.types["parts"] == "|u1")
                #expect(answer.head == label.head.map(\.name))
                #expect(answer.weights == label.head[0].values.storage)
                #expect(answer.contentDigest == answer.complete)
                #expect(answer.imagesDigest == answer.images)
                #expect(answer.types["labels/0/base_scores"] == "<f4")
                #expect(answer.sealed)
                try FileManager.default.removeItem(at: store.file(of: record.id))
            }
        }
    }

    @Test func aSegmentReadsTheSameInPython() throws {
        struct Answer: Decodable {
            let images: [String]
            let embeddings: [Float]
            let baseScores: [Float]
            let labels: [String]
        }
        let script = """
            import h5py
            f = h5py.File(input)
            answer({"images": [bytes(row).hex() for row in f["images"][:]], "labels": list(f["labels"].asstr()[:]),
                    "embeddings": f["embeddings"][:].ravel().tolist(), "baseScores": f["base_scores"][:].ravel().tolist()})
            """
        try withFolder { folder in
            let labels = [Label(path: ["Alcohol"]), Label(path: ["Weapons", "Épées"])]
            let cache = try EmbeddingCache(
                folder: folder, baseModel: Digest(of: "model"), dimensions: 1280, labels: labels)
            let images = CachedEmbeddings.sample(500, dimensions: 1280)
            try cache.append(images)
            let file = folder.appending(path: files(below: folder)[0])
            let answer = try Oracle.run(script, input: file.path, as: Answer.self)
            #expect(answer.images == images.images.map(\.description))
            #expect(answer.labels == labels.map(\.description))
            #expect(answer.embeddings == images.embeddings.storage)
            #expect(answer.baseScores == images.baseScores.storage)
        }
    }

    @Test func theLayoutPageShowsLinesThatWork() throws {
        struct Answer: Decodable, Equatable {
            let label: String
            let scores: Int
            let paths: [String]
        }
        let page = try String(
            contentsOf: Oracle.projectRoot.appending(path: "docs/store-layout.md"), encoding: .utf8)
        let example = try #require(page.firstMatch(of: /```python\n((?s).*?)```/)).output.1
        let ending = "\nanswer({'label': label, 'scores': len(scores), 'paths': list(paths)})"
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 12, images: 40, labels: 1)
            try store.write(record)
            let script = String(example).replacing("\"TRIAL.h5\"", with: "input")
                .replacing("images/", with: "\(folder.path)/images/")
            let answer = try Oracle.run(script + ending, input: store.file(of: record.id).path, as: Answer.self)
            let label = record.labels[0].label.description
            #expect(answer == Answer(label: label, scores: 40, paths: record.images.map(\.path)))
        }
    }
}
