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
            let file = root["file"]?.text, let sha256 = digest(), let input = input(), let scoring = scoring(),
            let embedding = root["outputs"]?["embedding"]?.text, let scores = root["outputs"]?["scores"]?.text
        else { return nil }
        let description = BaseModelDescription(
            name: name, version: version, taxonomy: taxonomy, file: resolved(file), sha256: sha256,
            install: root["install"]?.text, input: input,
            outputs: .init(embedding: embedding, scores: scores), scoring: scoring, labels: labels, uncovered: uncovered
        )
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

    private mutating func digest() -> Digest? {
        guard let value = root["sha256"], let text = value.text else { return nil }
        let digest = Digest(hexadecimal: text)
        if digest == nil {
            findings.append(
                Finding("`sha256` is 64 hexadecimal digits, given \(text.count) characters", at: value.place))
        }
        return digest
    }

    private mutating func input() -> BaseModelDescription.Input? {
        guard let input = root["input"], let name = input["name"]?.text,
            let layout = (input["layout"]?.text).flatMap(TensorLayout.init(rawValue:)),
            let size = size(input["size"]), let background = background(input["background"])
        else { return nil }
        return BaseModelDescription.Input(
            name: name, layout: layout, height: size.height, width: size.width,
            fit: (input["resize"]?.text).flatMap(ImageFit.init(rawValue:)) ?? .squash,
            filter: (input["filter"]?.text).flatMap(ResamplingFilter.init(rawValue:)) ?? .bilinear,
            color: (input["color"]?.text).flatMap(ChannelOrder.init(rawValue:)) ?? .rgb, background: background,
            mean: input["mean"]?.elements.compactMap(\.number) ?? [0, 0, 0],
            deviation: input["deviation"]?.elements.compactMap(\.number) ?? [1, 1, 1])
    }

    private mutating func size(_ value: YAMLValue?) -> (height: Int, width: Int)? {
        guard let value else { return nil }
        let sides = value.elements.compactMap(\.integer)
        guard sides.count == 2 else {
            findings.append(
                Finding("`size` is height and width in pixels, given \(sides.count) numbers", at: value.place))
            return nil
        }
        return (sides[0], sides[1])
    }

    private mutating func background(_ value: YAMLValue?) -> RGBColor? {
        guard let value else { return .white }
        guard let color = value.text.flatMap(RGBColor.init(hex:)) else {
            findings.append(
                Finding("`background` is a colour such as \"#ffffff\", given \(value.given)", at: value.place))
            return nil
        }
        return color
    }

    private func scoring() -> BaseModelDescription.Scoring? {
        guard let rule = (root["scoring"]?["rule"]?.text).flatMap(ScoringRule.init(rawValue:)) else { return nil }
        return BaseModelDescription.Scoring(
            rule: rule, scale: root["scoring"]?["scale"]?.number ?? 1, offset: root["scoring"]?["offset"]?.number ?? 0)
    }

    private func resolved(_ path: String) -> URL {
        path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path).standardizedFileURL
    }

    /// The place of the innermost key of `problem` that the file has.
    private func place(of problem: DescriptionProblem) -> Place {
        var value = root
        for key in problem.keys {
            guard let next = value[key] else { break }
            value = next
        }
        return value.place
    }
}
