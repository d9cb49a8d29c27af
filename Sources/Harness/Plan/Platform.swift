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

    /// Its part of what determines a trial.
    var determinants: [(name: String, value: String)] {
        [
            ("onnx_runtime", onnxRuntime), ("blas_core", kernels.coreName), ("blas_threads", String(kernels.threads)),
        ]
    }
}
