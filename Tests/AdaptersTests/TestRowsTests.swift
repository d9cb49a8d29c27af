import Foundation
import Testing

@Suite("Test rows")
struct TestRowsTests {
    @Test("Fitting to training rows compiles")
    func trainingRowsCompile() throws {
        #expect(try typeCheck(part: "Training") == "")
    }

    @Test("Fitting to test rows does not compile")
    func testRowsDoNotCompile() throws {
        let said = try typeCheck(part: "Test")
        #expect(said.contains("cannot convert value of type 'Rows<Test>' to expected argument type 'Rows<Training>'"))
    }

    /// What the compiler says of a function that fits to rows of `part`.
    private func typeCheck(part: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "type-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "snippet.swift")
        try """
        import Adapters
        import LinearAlgebra
        import Moderation
        func learn(_ recipe: Recipe, _ rows: Rows<\(part)>, _ threshold: Threshold) throws -> Fit {
            try recipe.fit(rows, threshold: threshold, seed: Seed(1))
        }
        """.write(to: source, atomically: true, encoding: .utf8)

        // The modules stand beside the test bundle that is running.
        let products = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        let modules = ["-I", products.appending(path: "Modules").path]
        compiler.arguments =
            ["swiftc", "-typecheck", "-swift-version", "6"] + modules + (try cModules(products)) + [source.path]
        let errors = Pipe()
        compiler.standardError = errors
        try compiler.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        compiler.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }

    /// The arguments that name the C modules built from sources.
    private func cModules(_ products: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: products, includingPropertiesForKeys: nil)
            .map { $0.appending(path: "module.modulemap") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
            .flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)"] }
    }
}
