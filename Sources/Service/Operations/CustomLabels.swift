internal import Harness

/// Operations that Amazon Rekognition offers for Custom Labels alone.
enum CustomLabels {
    /// - Throws: what the service would, of an adapter or of a project of adapters: `.invalidParameter` where there is one of
    ///   that name, `.resourceNotFound` where there is none, as of every dataset.
    static func refuse(_ operation: Operation, _ input: Input, _ account: Account) throws -> EmptyOutput {
        let catalog = ProjectCatalog(account)
        for name in ["ProjectArn", "SourceProjectArn", "DestinationProjectArn"] {
            if let arn = input.text(name) { _ = try catalog.find(arn) }
        }
        for name in ["ProjectVersionArn", "SourceProjectVersionArn"] {
            if let arn = input.text(name) { _ = try VersionShelf.find(arn, catalog) }
        }
        for arn in [input.text("DatasetArn")] + input.list("Datasets").map({ $0.text("Arn") }) {
            if let arn { throw ServiceError.notFound(arn) }
        }
        throw ServiceError(
            .invalidParameter,
            "\(operation.rawValue) applies only to Amazon Rekognition Custom Labels, not to content moderation")
    }
}
