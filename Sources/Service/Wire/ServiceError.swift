/// What is answered instead of a result: one of Amazon Rekognition's exceptions, with one sentence.
struct ServiceError: Error, Equatable {
    let code: Code
    let message: String
    /// What the log says besides: names of files are for who runs the server alone.
    let fault: String?

    init(_ code: Code, _ message: String, fault: String? = nil) {
        self.code = code
        self.message = message
        self.fault = fault
    }

    /// The exceptions of the service model, and the common errors of AWS that any operation may answer with.
    enum Code: String, CaseIterable, Sendable {
        // Modelled.
        case accessDenied = "AccessDeniedException"
        case humanLoopQuotaExceeded = "HumanLoopQuotaExceededException"
        case idempotentParameterMismatch = "IdempotentParameterMismatchException"
        case imageTooLarge = "ImageTooLargeException"
        case internalServerError = "InternalServerError"
        case invalidImageFormat = "InvalidImageFormatException"
        case invalidManifest = "InvalidManifestException"
        case invalidPaginationToken = "InvalidPaginationTokenException"
        case invalidParameter = "InvalidParameterException"
        case invalidS3Object = "InvalidS3ObjectException"
        case limitExceeded = "LimitExceededException"
        case provisionedThroughputExceeded = "ProvisionedThroughputExceededException"
        case resourceInUse = "ResourceInUseException"
        case resourceNotFound = "ResourceNotFoundException"
        case resourceNotReady = "ResourceNotReadyException"
        case serviceQuotaExceeded = "ServiceQuotaExceededException"
        case throttling = "ThrottlingException"
        // Common.
        case incompleteSignature = "IncompleteSignatureException"
        case invalidSignature = "InvalidSignatureException"
        case missingAuthenticationToken = "MissingAuthenticationTokenException"
        case requestEntityTooLarge = "RequestEntityTooLargeException"
        case requestTimeout = "RequestTimeoutException"
        case serialization = "SerializationException"
        case serviceUnavailable = "ServiceUnavailableException"
        case unknownOperation = "UnknownOperationException"
        case unrecognizedClient = "UnrecognizedClientException"

        /// The HTTP status it comes with. What another try cannot mend is never a 500: SDKs try those again.
        var status: Int {
            switch self {
            case .internalServerError: 500
            case .serviceUnavailable: 503
            case .requestEntityTooLarge: 413
            case .requestTimeout: 408
            case .unknownOperation: 404
            case .invalidSignature, .missingAuthenticationToken, .unrecognizedClient: 403
            default: 400
            }
        }
    }
}
