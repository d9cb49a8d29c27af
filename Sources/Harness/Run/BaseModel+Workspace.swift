internal import BaseModel
internal import Foundation

extension BaseModel {
    /// Opens the network of `description` with the ONNX Runtime that set-up put into `workspace`.
    init(_ description: BaseModelDescription, workspace: Workspace) throws(BaseModelError) {
        let python = workspace.store.appending(path: "python")
        try self.init(description, libraryHint: OnnxRuntime.library(inPython: python))
    }
}
