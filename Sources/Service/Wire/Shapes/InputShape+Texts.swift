/// Texts, numbers and bytes of the service model, by its names.
extension InputShape {
    static let projectName = text(1...255, #"[a-zA-Z0-9_.\-]+"#)
    static let versionName = projectName
    static let versionDescription = text(1...255, #"[a-zA-Z0-9-_. ()':,;?]+"#)
    static let projectARN = text(
        20...2048,
        #"(^arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project\/[a-zA-Z0-9_.\-]{1,255}\/[0-9]+$)"#)
    static let projectVersionARN = text(
        20...2048,
        #"""
        (^arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project\/[a-zA-Z0-9_.\-]{1,255}\/version\/\#
        [a-zA-Z0-9_.\-]{1,255}\/[0-9]+$)
        """#)
    static let datasetARN = text(
        20...2048,
        #"(^arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project\/[a-zA-Z0-9_.\-]{1,255}\/dataset\/(train|test)\/[0-9]+$)"#
    )
    static let resourceARN = text(20...2048)
    static let flowDefinitionARN = text(0...256)
    static let humanLoopName = text(1...63, #"^[a-z0-9](-*[a-z0-9])*"#)

    static let feature = word("CONTENT_MODERATION", "CUSTOM_LABELS")
    static let autoUpdate = word("ENABLED", "DISABLED")
    static let datasetType = word("TRAIN", "TEST")
    static let contentClassifier = word("FreeOfPersonallyIdentifiableInformation", "FreeOfAdultContent")

    static let bucket = text(3...255, #"[0-9A-Za-z\.\-_]*"#)
    static let objectName = text(1...1024)
    static let objectVersion = text(1...1024)
    static let keyPrefix = text(0...1024)
    static let jobKeyPrefix = text(0...800, #"\S*"#)
    static let kmsKeyID = text(1...2048, #"^[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,2048}$"#)

    static let jobName = text(1...64, #"[a-zA-Z0-9_.\-]+"#)
    static let jobID = text(1...64, #"^[a-zA-Z0-9-_]+$"#)
    static let clientRequestToken = jobID

    static let tagKey = text(1...128, #"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$"#)
    static let tagValue = text(0...256, #"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$"#)

    static let policyName = text(1...128, #"[a-zA-Z0-9_.\-]+"#)
    static let policyRevisionID = text(0...64, #"[0-9A-Fa-f]+"#)
    static let policyDocument = text(1...2000, #"[\u0009\u000A\u000D\u0020-\u00FF]+"#)

    static let datasetLabel = text(1...255, #".{1,}"#)
    static let queryString = text(1...2048, #".*\S.*"#)

    static let paginationToken = text(0...1024)
    static let pageSize = integer(1...100)
    static let policyPageSize = integer(1...5)
    static let inferenceUnits = integer(1...Int.max)
    static let percent = number(0...100)

    static let imageBytes = blob(bytes: 1...WireLimits.imageBytes)
    static let groundTruth = blob(bytes: 1...5_242_880)
}
