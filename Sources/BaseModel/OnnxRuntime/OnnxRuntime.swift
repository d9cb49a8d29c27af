internal import COnnxRuntime
public import Foundation

/// ONNX Runtime's shared library, opened at run time.
public final class OnnxRuntime: @unchecked Sendable {
    /// Names the library's path, before all other places.
    public static let environmentVariable = "MODERATO_ONNXRUNTIME"

    // Never changed after `init`; ONNX Runtime's environment may be used from any thread.
    let library: OpaquePointer

    /// The library's version, such as `1.31.1`: part of an embedding's provenance.
    public var version: String { String(cString: onnx_library_version(library)) }

    /// Opens the library that `MODERATO_ONNXRUNTIME` names; without it, the one at `hint`; without that, the one that
    /// the dynamic loader finds.
    public init(
        hint: URL? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(BaseModelError) {
        var reasons: [String] = []
        for path in OnnxRuntime.candidates(hint: hint, environment: environment) {
            var opened: OpaquePointer?
            let reason = Message.taking(onnx_library_open(path, &opened))
            if let opened {
                library = opened
                return
            }
            reasons.append(reason ?? "no reason given")
        }
        throw .missingLibrary(reason: reasons[0])
    }

    deinit { onnx_library_close(library) }

    /// The library inside the Python environment at `folder`, where its package for Python is installed there.
    public static func library(inPython folder: URL) -> URL? {
        let versions = names(in: folder.appending(path: "lib")).filter { $0.hasPrefix("python3") }
        for version in versions {
            let capi = folder.appending(path: "lib/\(version)/site-packages/onnxruntime/capi")
            if let name = names(in: capi).first(where: { $0.hasPrefix("libonnxruntime.so") }) {
                return capi.appending(path: name)
            }
        }
        return nil
    }

    private static func candidates(hint: URL?, environment: [String: String]) -> [String] {
        if let path = environment[environmentVariable] { return [path] }
        return (hint.map { [$0.path] } ?? []) + ["libonnxruntime.so.1", "libonnxruntime.so"]
    }

    private static func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }
}

/// A message of the shim.
enum Message {
    /// The text of `message`, which is released; `nil` for success.
    static func taking(_ message: UnsafeMutablePointer<CChar>?) -> String? {
        guard let message else { return nil }
        defer { onnx_message_free(message) }
        return String(cString: message)
    }
}
