import BaseModel
import Foundation
import Moderation
import TestSupport
import Testing

/// Embeddings and base scores against Python's onnxruntime, Pillow and NumPy on the same files.
@Suite struct EmbeddingTests {
    private struct Request: Encodable {
        let model: String
        let stickers: String
        let taxonomy: [String]
        let labels: [String: [Int]]
    }

    private struct Reference: Decodable {
        let name: String
        let file: Data
        let embedding: [Float]
        /// `null` for uncovered labels.
        let scores: [Float?]
    }

    /// Encodes photographs, emoji, and stickers where the dataset is built, each in several formats.
    private static let script = """
        import base64, glob, io, os
        import numpy as np, onnxruntime, sklearn
        from PIL import Image, ImageOps

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(input["model"], options, providers=["CPUExecutionProvider"])

        def tensor(data):
            image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
            if image.has_transparency_data:
                image = Image.alpha_composite(Image.new("RGBA", image.size, "#ffffff"), image.convert("RGBA"))
            image = image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
            pixels = (np.asarray(image).astype(np.float32) - np.float32(127)) / np.float32(128)
            return pixels.transpose(2, 0, 1)[None]

        def label_scores(logits):
            z = (logits.astype(np.float64) - logits.mean(dtype=np.float64)) / logits.std(dtype=np.float64)
            own = {label: 1.5 * (z[places].max() - 4.0) for label, places in input["labels"].items()}
            below = lambda label: [own[other] for other in own if (other + "/").startswith(label + "/")]
            return [max(below(label), default=None) for label in input["taxonomy"]]

        references = []
        def add(name, data):
            embedding, logits = session.run(["embedding", "logits"], {"images": tensor(data)})
            references.append(dict(name=name, file=base64.b64encode(data).decode(),
                                   embedding=embedding.ravel().tolist(), scores=label_scores(logits.ravel())))

        def saved(image, format, **options):
            stream = io.BytesIO()
            image.save(stream, format, **options)
            return stream.getvalue()

        def some(pattern, count):
            paths = sorted(glob.glob(pattern, recursive=True))
            for path in paths[:: max(1, len(paths) // count)][:count]:
                add(os.path.basename(path), open(path, "rb").read())

        some("/usr/share/rubygems-integration/all/gems/gemojione-*/assets/png/*.png", 12)
        some(input["stickers"] + "/**/*.png", 24)
        for name in ("china", "flower"):
            path = os.path.join(os.path.dirname(sklearn.__file__), "datasets", "images", name + ".jpg")
            add(name, open(path, "rb").read())
            photo = Image.open(path).convert("RGB")
            exif = Image.Exif()
            exif[0x0112] = 6
            add(name + ", turned", saved(photo, "JPEG", exif=exif, progressive=True))
            add(name + ", CMYK", saved(photo.convert("CMYK"), "JPEG"))
            add(name + ", grey", saved(photo.convert("L").resize((97, 151)), "JPEG"))
            add(name + ", WebP", saved(photo, "WEBP", quality=60))
            add(name + ", PNG, a strip", saved(photo.resize((500, 40)), "PNG"))
            photo.putalpha(photo.convert("L"))
            add(name + ", transparent WebP", saved(photo.resize((120, 80)), "WEBP", lossless=True))
        answer(references)
        """

    @Test("Every image has Python's embedding and base scores, resampling included")
    func againstPython() throws {
        let model = try ShippedModel.opened.get()
        let references = try Oracle.run(
            EmbeddingTests.script,
            input: Request(
                model: ShippedModel.file.path,
                stickers: Oracle.projectRoot.appending(path: "Datasets/stickers/images").path,
                taxonomy: model.labels.map(\.description),
                labels: Dictionary(uniqueKeysWithValues: ShippedModel.labels.map { ($0.key.description, $0.value) })),
            as: [Reference].self)
        #expect(references.count >= 26)
        for reference in references {
            let encoding = try model.encode(bytes: Array(reference.file))
            #expect(cosine(encoding.embedding, reference.embedding) >= 0.9999, "\(reference.name)")
            // Both sides run one library on equal pixels; 1e-4 allows for a kernel chosen otherwise (float32 sums of
            // some hundred terms of size 1 to 10 agree to 1e-5), and is far below what moves a decision.
            #expect(largestDifference(encoding.embedding, reference.embedding) < 1e-4, "\(reference.name)")
            for (score, expected) in zip(encoding.scores, reference.scores) {
                #expect(abs(score - (expected ?? BaseScores.uncovered)) < 1e-4, "\(reference.name)")
            }
        }
    }

    @Test("The shape of an encoding: 1280 dimensions, the 45 labels of taxonomy 6.1, 12 of them covered")
    func shape() throws {
        let model = try ShippedModel.opened.get()
        #expect(model.dimensions == 1280)
        #expect(model.labels == Taxonomy.version6_1.labels)
        #expect(model.labels.count == 45)
        #expect(model.coveredLabels.filter { $0.level == 2 }.count == 7)
        #expect(
            model.coveredLabels.filter { $0.level == 1 }.map(\.name) == [
                "Suggestive", "Violence", "Drugs", "Alcohol", "Gambling",
            ])
    }

    private func cosine(_ left: [Float], _ right: [Float]) -> Double {
        func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
    }

    private func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
        zip(left, right).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
}
