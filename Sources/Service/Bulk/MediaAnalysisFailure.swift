internal import ObjectStorage

extension MediaAnalysisJob.Failure {
    /// Why no image of a job can be moderated, where `error`, which one of them met, is about the adapter; else `nil`.
    init?(ofAllImages error: ServiceError) {
        switch error.code {
        case .resourceNotFound: self.init(code: .resourceNotFound, message: error.message)
        case .resourceNotReady: self.init(code: .resourceNotReady, message: error.message)
        default: return nil
        }
    }

    /// Of a job no line of which has a result: a success without any would hide that a name is wrong.
    init(ofAll errors: [MediaAnalysisLineError]) {
        let first = errors.first.map { "; the first, on line \($0.lineNumber): \($0.message)" } ?? ""
        self.init(
            code: errors.contains { $0.code == .invalidImage } ? .invalidObject : .invalidManifest,
            message: "none of the manifest's \(errors.count) lines has a result\(first)")
    }

    /// Of a job whose work ended with `error`.
    init(_ error: any Error) {
        self = error as? Self ?? Self(code: .internalError, message: "Internal server error")
    }

    /// Of a job whose results cannot be written.
    init(writing error: ObjectStorageError) {
        let code: Code =
            switch error {
            case .noSuchBucket, .noSuchObject, .badName, .tooLarge: .invalidOutput
            case .denied: .accessDenied
            case .failed: .internalError
            }
        self.init(code: code, message: "the results could not be written: \(error)")
    }
}
