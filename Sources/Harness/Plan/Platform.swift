internal import BaseModel
internal import LinearAlgebra

/// What computes: the libraries whose last bits reach the results.
struct Platform: Sendable {
    /// The kernels of OpenBLAS.
    let kernels: KernelPolicy
    /// The version of ONNX Runtime.
    let onnxRuntime: String

    /// The libraries of this process; both are opened.
    init(workspace: Workspace) throws {
        kernels = try Kernels.load()
        onnxRuntime = try OnnxRuntime(hint: workspace.onnxRuntimeLibrary).version
    }

    /// What computes, for a person.
    var summary: String {
        "\(kernels.version) with \(kernels.isNative ? "native " : "")\(kernels.coreName) kernels, ONNX Runtime \(onnxRuntime)"
    }

    /// Names the choice of kernels among the determinants, where it is not the standard one.
    static let kernelsDeterminant = "kernels"
    /// Names the core type of the kernels among the determinants.
    static let coreDeterminant = "blas_core"

    /// The names of all determinants that say what computes.
    static let names: Set = ["onnx_runtime", "blas", coreDeterminant, "blas_threads", kernelsDeterminant]

    /// Its part of what determines a trial.
    var determinants: [(name: String, value: String)] {
        [
            ("onnx_runtime", onnxRuntime), ("blas", kernels.version), (Platform.coreDeterminant, kernels.coreName),
            ("blas_threads", String(kernels.threads)),
        ] + (kernels.isNative ? [(Platform.kernelsDeterminant, "native")] : [])
    }
}
