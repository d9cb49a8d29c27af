/// Where a value stands in an input, in the words of AWS's messages: `operationsConfig.detectModerationLabels.minConfidence`,
/// and for elements of lists, counted from one, `datasets.2.member.arn`.
struct InputPath: Sendable, Equatable {
    private let names: [String]

    /// The input itself.
    init() { names = [] }

    init(_ names: [String]) { self.names = names }

    /// Where what is called `name` stands in this value.
    func appending(_ name: String) -> InputPath { InputPath(names + [name]) }

    /// The path in quotes; names that come from a client are shortened.
    var quoted: String { "'\(names.map(Self.shown).joined(separator: "."))'" }

    private static func shown(_ name: String) -> String {
        name.prefix(1).lowercased() + name.dropFirst().prefix(40)
    }
}
