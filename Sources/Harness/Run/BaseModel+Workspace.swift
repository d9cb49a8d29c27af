internal import BaseModel
internal import Foundation

extension BaseModel {
    /// Opens the network of `description` with the ONNX Runtime that set-up put into `workspace`.
    init(_ description: BaseModelDescription, workspace: Workspace) throws(BaseModelError) {
        try self.init(description, libraryHint: workspace.onnxRuntimeLibrary)
    }
}

extension Workspace {
    /// The shared library of ONNX Runtime that set-up installed, if it has.
    var onnxRuntimeLibrary: URL? { OnnxRuntime.library(inPython: installation.appending(path: "python")) }
}
