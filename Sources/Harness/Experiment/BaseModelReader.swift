public import BaseModel
public import Foundation
internal import Imaging
public import Moderation

extension BaseModelFile {
    /// Reads the description in `file`; its paths are relative to the file's folder.
    ///
    /// - Throws: `Findings`, every one of them, each with its place.
    public static func read(_ file: URL) throws(Findings) -> BaseModelDescription {
        let document = try Document(try TextFile.read(file), file: TextFile.name(of: file))
        var reader = BaseModelReader(root: document.root, folder: file.standardizedFileURL.deletingLastPathComponent())
        guard let description = reader.read() else { throw Findings(reader.findings) }
        return description
    }
}

/// Reads a base-model description, going on after each finding so that all are found.
private struct BaseModelReader {
    let root: YAMLValue
    let folder: URL
    private(set) var findings: [Finding] = []

    init(root: YAMLValue, folder: URL) {
        self.root = root
        self.folder = folder
    }

    mutating func read() -> BaseModelDescription? {
        var checker = ShapeChecker()
        checker.check(root, BaseModelFile.shape, name: "")
        findings += checker.findings
        guard let taxonomy = (root["taxonomy"]?.text).flatMap(Taxonomy.init(version:)) else { return nil }
        var labelReader = LabelReader(taxonomy: taxonomy)
        let labels = evidence(&labelReader)
        let uncovered = root["uncovered"].map { labelReader.labels(in: $0) } ?? []
        findings += labelReader.findings
        guard findings.isEmpty, let name = root["base_model"]?.text, let version = root["version"]?.text,
            let file = root["file"]?.file(from: folder), let sha256 = root["sha256"]?.sha256(&findings),
            let input = root["input"]?.input(inheriting: nil, &findings), let scoring = scoring(),
            let embedding = root["outputs"]?["embedding"]?.text, let scores = root["outputs"]?["scores"]?.text
        else { return nil }
        var description = BaseModelDescription(
            name: name, version: version, taxonomy: taxonomy, file: file, sha256: sha256,
            install: root["install"]?.text, input: input,
            outputs: .init(embedding: embedding, scores: scores), scoring: scoring, labels: labels, uncovered: uncovered
        )
        var embeddingReader = EmbeddingReader(baseModel: description, folder: folder)
        let embeddings = embeddingReader.embeddings(in: root["embeddings"])
        findings += embeddingReader.findings
        // What was dropped after a finding would only be missed again.
        if embeddingReader.findings.isEmpty { description.embeddings = embeddings }
        findings += description.problems.map { Finding($0.description, at: place(of: $0)) }
        return findings.isEmpty ? description : nil
    }

    private func evidence(_ reader: inout LabelReader) -> [Label: [Int]] {
        var labels: [Label: [Int]] = [:]
        for entry in root["labels"]?.entries ?? [] {
            guard let label = reader.label(entry.key, at: entry.place) else { continue }
            labels[label] = entry.value.elements.compactMap(\.integer)
        }
        return labels
    }

    private func scoring() -> BaseModelDescription.Scoring? {
        guard let rule = (root["scoring"]?["rule"]?.text).flatMap(ScoringRule.init(rawValue:)) else { return nil }
        return BaseModelDescription.Scoring(
            rule: rule, scale: root["scoring"]?["scale"]?.number ?? 1, offset: root["scoring"]?["offset"]?.number ?? 0)
    }

    /// The place of the innermost key of `problem` that the file has.
    private func place(of problem: DescriptionProblem) -> Place {
        var value = root
        for key in problem.keys {
            guard let next = value[key] ?? value.element(numbered: key) else { break }
            value = next
        }
        return value.place
    }
}

extension YAMLValue {
    /// The element of a list that has this number, counted from 1.
    fileprivate func element(numbered number: String) -> YAMLValue? {
        guard case .list(let elements) = content, let index = Int(number), elements.indices.contains(index - 1) else {
            return nil
        }
        return elements[index - 1]
    }
}
