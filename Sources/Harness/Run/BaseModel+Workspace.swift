public import BaseModel
internal import Foundation
public import Imaging

extension BaseModel {
    /// Opens the network of `description` with the ONNX Runtime that set-up put into `workspace`.
    init(
        _ description: BaseModelDescription, workspace: Workspace, limits: ImageLimits = .standard
    ) throws(BaseModelError) {
        try self.init(description, libraryHint: workspace.onnxRuntimeLibrary, limits: limits)
    }
}

extension EmbeddingModel {
    /// Opens the networks of `description` with the ONNX Runtime that set-up put into `workspace`.
    public init(
        _ description: EmbeddingDescription, workspace: Workspace, limits: ImageLimits = .standard
    ) throws(BaseModelError) {
        try self.init(description, libraryHint: workspace.onnxRuntimeLibrary, limits: limits)
    }
}

extension Workspace {
    /// The shared library of ONNX Runtime that set-up installed, if it has.
    var onnxRuntimeLibrary: URL? { OnnxRuntime.library(inPython: installation.appending(path: "python")) }
}
