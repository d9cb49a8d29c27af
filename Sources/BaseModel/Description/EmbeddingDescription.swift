public import Foundation
internal import Imaging
public import Moderation

/// An embedding richer than a base model's own single pass: several networks, each shown several views of an image.
///
/// A network's vector is the mean of its views' embeddings, and the embedding is the networks' vectors, one after the
/// other. Base scores have no part in it: they come from the base model's own pass always.
public struct EmbeddingDescription: Sendable, Equatable {
    /// The name of the base model's own single pass, which no declared embedding may have.
    public static let plain = "plain"
    /// The revision of the arithmetic between bytes and vector that base models do not share: views and means.
    ///
    /// Raised whenever one of them gives other numbers than before.
    public static let algorithmRevision = 1

    /// The name that experiments call it by.
    public var name: String
    /// What the embedding is made of, in the order of its blocks; at least one.
    public var encoders: [EncoderDescription]

    public init(name: String, encoders: [EncoderDescription]) {
        self.name = name
        self.encoders = encoders
    }

    /// Passes through a network that one image costs.
    public var passes: Int { encoders.reduce(0) { $0 + $1.views.count } }

    /// The identity of the embedding: the digest of `canonicalText`.
    public var digest: Digest { Digest(of: canonicalText) }

    /// All that determines the embedding of an image, one fact a line; neither paths nor names.
    public var canonicalText: String {
        let revisions = [EmbeddingDescription.algorithmRevision, BaseModelDescription.algorithmRevision]
        let first = "embedding, revision \(revisions[0]), of encodings, revision \(revisions[1])"
        return ([first] + encoders.flatMap(\.canonicalLines)).joined(separator: "\n") + "\n"
    }
}

/// One network of an embedding, and what it is shown of each image.
public struct EncoderDescription: Sendable, Equatable {
    /// The ONNX file.
    public var file: URL
    /// The digest the ONNX file must have.
    public var sha256: Digest
    /// The command that makes the file where it is missing, if there is one.
    public var install: String?
    /// How a view becomes the network's input; views of another size change that alone.
    public var input: BaseModelDescription.Input
    /// The name of the output that is averaged.
    public var output: String
    /// What the network is shown, in the order in which embeddings are added up; at least one, each once.
    public var views: [View]

    public init(
        file: URL, sha256: Digest, install: String?, input: BaseModelDescription.Input, output: String, views: [View]
    ) {
        self.file = file
        self.sha256 = sha256
        self.install = install
        self.input = input
        self.output = output
        self.views = views
    }

    fileprivate var canonicalLines: [String] {
        ["file \(sha256)"] + input.canonicalLines
            + ["output \(output.debugDescription)", "views " + views.map(\.description).joined(separator: ", ")]
    }
}
