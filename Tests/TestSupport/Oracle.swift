public import Foundation

/// A Python program nobody here wrote the mathematics of: scikit-learn, SciPy, Pillow, onnxruntime, h5py.
public struct Oracle: Sendable {
    /// Why an oracle gave no answer.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// The project's root folder: the one that holds `Package.swift`.
    public static let projectRoot: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter that `make setup` made; `MODERATO_PYTHON` names another.
    public static var python: URL {
        if let path = ProcessInfo.processInfo.environment["MODERATO_PYTHON"] { return URL(filePath: path) }
        return projectRoot.appending(path: ".moderato/python/bin/python")
    }

    /// Runs `script` with `input` as JSON on its standard input and decodes the JSON it prints.
    public static func run<Input: Encodable, Output: Decodable>(
        _ script: String, input: Input, as type: Output.Type = Output.self
    ) throws -> Output {
        let folder = FileManager.default.temporaryDirectory.appending(path: "oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputFile = folder.appending(path: "input.json")
        let outputFile = folder.appending(path: "output.json")
        try JSONEncoder().encode(input).write(to: inputFile)
        let prelude = """
            import json, sys
            input = json.load(open(sys.argv[1]))
            def answer(value): json.dump(value, open(sys.argv[2], "w"))

            """
        try execute(["-c", prelude + script, inputFile.path, outputFile.path])
        return try JSONDecoder().decode(type, from: Data(contentsOf: outputFile))
    }

    private static func execute(_ arguments: [String]) throws {
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Failure(description: "no Python at \(python.path): run `make setup` or set MODERATO_PYTHON")
        }
        let process = Process()
        process.executableURL = python
        process.arguments = arguments
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "the oracle failed: \(String(decoding: said, as: UTF8.self))")
        }
    }
}
