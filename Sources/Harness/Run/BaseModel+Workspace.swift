internal import BaseModel
internal import Foundation

extension BaseModel {
    /// Opens the network of `description` with the ONNX Runtime that set-up put into `workspace`.
    init(_ description: BaseModelDescription, workspace: Workspace) throws(BaseModelError) {
        try self.init(description, libraryHint: workspace.onnxRuntimeLibrary)
    }
}

extension Workspace {
    /// The shared library of the ONNX Runtime wheel, where set-up has installed it.
    fileprivate var onnxRuntimeLibrary: URL? {
        let packages = store.appending(path: "python/lib")
        let pythons = (try? FileManager.default.contentsOfDirectory(atPath: packages.path)) ?? []
        for python in pythons.sorted() {
            let folder = packages.appending(path: "\(python)/site-packages/onnxruntime/capi")
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            if let library = files.sorted().first(where: { $0.hasPrefix("libonnxruntime.so") }) {
                return folder.appending(path: library)
            }
        }
        return nil
    }
}
