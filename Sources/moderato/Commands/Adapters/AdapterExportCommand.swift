internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Store

/// `moderato adapter export`: the heads of a version for other programs.
struct AdapterExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes the heads of an adapter as safetensors or ONNX.",
        discussion: """
            An ONNX file computes scores from embeddings and base scores, logits both; safetensors holds the arrays that \
            they follow from, and says how. Without --output the file goes to standard output.
            """)

    @Argument(help: "The adapter: PROJECT/NAME, PROJECT/NAME/NUMBER or its ARN.") var id: String
    @Option(help: "The format of the file.") var format: Format
    @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var output: String?
    @Flag(help: "Replace the file if it is there already.") var force = false
    @OptionGroup var root: RootArguments

    /// The formats that heads are written in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case safetensors, onnx

        var exported: HeadExport.Format {
            switch self {
            case .safetensors: .safetensors
            case .onnx: .onnx
            }
        }
    }

    func validate() throws {
        if output == nil && isatty(STDOUT_FILENO) == 1 {
            throw ValidationError("the file is not text for a terminal: name it with --output")
        }
    }

    func run() throws {
        let registry = root.registry
        let version = try registry.find(named: id)
        let data = try registry.export(version).data(format.exported)
        guard let output else { return try Output.write(data) }
        guard force || !FileManager.default.fileExists(atPath: output) else {
            throw RunError.alreadyThere(path: output)
        }
        try AtomicFile.write(data, to: URL(filePath: output))
        Talk.say("wrote the heads of `\(version.id)` to \(output), \(data.count) bytes")
    }
}
