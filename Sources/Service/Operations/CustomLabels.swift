/// Operations that Amazon Rekognition offers for Custom Labels alone.
enum CustomLabels {
    /// - Throws: what the service would, of an adapter or of a project of adapters.
    static func refuse(_ operation: Operation, _ input: Input, _ account: Account) throws(ServiceError) -> EmptyOutput {
        throw ServiceError(.invalidParameter, "\(operation.rawValue) applies only to Amazon Rekognition Custom Labels")
    }
}
