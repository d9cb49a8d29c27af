public import Moderation

/// Why a base model did not open. Each description is one sentence.
public enum BaseModelError: Error, Sendable, Hashable {
    /// The description contradicts itself.
    case contradiction([DescriptionProblem])
    /// The ONNX file is not there; `install` is the command that makes it, if there is one.
    case missingFile(path: String, install: String?)
    /// The ONNX file is there but cannot be read.
    case unreadableFile(path: String, reason: String)
    /// The ONNX file is not the one described.
    case wrongDigest(path: String, expected: Digest, actual: Digest, install: String?)
    /// ONNX Runtime's shared library does not open.
    case missingLibrary(reason: String)
    /// ONNX Runtime refuses the file.
    case unusableFile(path: String, reason: String)
    /// The network has no input or output of that name.
    case noSuchTensor(name: String, isInput: Bool, available: [String])
    /// The network has inputs besides the described one.
    case otherInputs([String])
    /// An input or output has another shape than the description needs; -1 is a free dimension.
    case wrongShape(name: String, expected: String, actual: [Int64])
    /// An input or output does not hold 32-bit floating-point numbers.
    case wrongElements(name: String)
    /// A label's evidence lies outside the network's scores.
    case indexOutOfRange(label: Label, index: Int, count: Int)
}

extension BaseModelError: CustomStringConvertible {
    /// What is wrong, what is allowed and what to do, in one sentence.
    public var description: String {
        switch self {
        case .contradiction(let problems):
            "the base model's description contradicts itself: " + problems.map(\.description).joined(separator: "; ")
        case .missingFile(let path, let install):
            "the base model's file \(path) is missing; " + (install.map { "run `\($0)`" } ?? "put it there")
        case .unreadableFile(let path, let reason):
            "the base model's file \(path) cannot be read: \(reason)"
        case .wrongDigest(let path, let expected, let actual, let install):
            "the base model's file \(path) has SHA-256 \(actual.short)…, not the described \(expected.short)…; make it again"
                + (install.map { " with `\($0)`" } ?? "") + ", or describe it with its own `sha256`"
        case .missingLibrary(let reason):
            "ONNX Runtime's shared library does not open (\(reason)); run `make setup`, or set "
                + "\(OnnxRuntime.environmentVariable) to its path"
        case .unusableFile(let path, let reason):
            "ONNX Runtime refuses the base model's file \(path): \(reason)"
        case .noSuchTensor(let name, let isInput, let available):
            "the network has no \(isInput ? "input" : "output") `\(name)`; it has "
                + available.map { "`\($0)`" }.joined(separator: ", ")
        case .otherInputs(let names):
            "the network needs more inputs than the image: " + names.map { "`\($0)`" }.joined(separator: ", ")
        case .wrongShape(let name, let expected, let actual):
            "the network's `\(name)` has the shape \(actual), not \(expected) (-1 is free)"
        case .wrongElements(let name):
            "the network's `\(name)` does not hold 32-bit floating-point numbers"
        case .indexOutOfRange(let label, let index, let count):
            "label `\(label)` is given place \(index) of the network's scores; allowed: 0 to \(count - 1)"
        }
    }
}
