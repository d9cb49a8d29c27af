internal import Foundation
public import Moderation

/// A trial that could not be fitted, as kept until it can.
public struct FailedTrial: Sendable, Equatable, Codable {
    /// The trial.
    public let id: Digest
    /// The kind of the adapter: `ridge`.
    public let adapter: String
    /// The number of the split's repetition, from 0.
    public let repetition: Int
    /// Why, in a sentence.
    public let reason: String

    public init(id: Digest, adapter: String, repetition: Int, reason: String) {
        self.id = id
        self.adapter = adapter
        self.repetition = repetition
        self.reason = reason
    }
}

extension FailedTrial {
    /// The failure that a file says; nil where it says none.
    init?(_ bytes: [UInt8]) {
        guard let failure = try? JSONDecoder().decode(FailedTrial.self, from: Data(bytes)) else { return nil }
        self = failure
    }

    /// What the file of the failure says.
    var json: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Texts and one whole number can always be encoded.
        return ((try? encoder.encode(self)) ?? Data()) + Data("\n".utf8)
    }
}
