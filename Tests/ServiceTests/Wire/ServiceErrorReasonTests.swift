import Harness
import ObjectStorage
import Testing

@testable import Service

@Suite struct ServiceErrorReasonTests {
    private static let location = ObjectLocation(bucket: "b", key: "k")

    private typealias Case = (error: ObjectStorageError, code: ServiceError.Code, withoutObjects: ServiceError.Code)

    private static let cases: [Case] = [
        (.failed(location, reason: "no connection"), .throttling, .throttling),
        (.denied(location, reason: "no permission"), .accessDenied, .accessDenied),
        (.noSuchObject(location), .invalidS3Object, .invalidParameter),
        (.noSuchBucket(bucket: "b"), .invalidS3Object, .invalidParameter),
        (.tooLarge(location, bytes: 2, limit: 1), .invalidS3Object, .invalidParameter),
    ]

    /// SDKs try again for `ThrottlingException`, and for no exception of a client's mistake.
    @Test(arguments: cases)
    func whatAnotherTryMendsIsToldFromWhatItDoesNot(
        error: ObjectStorageError, code: ServiceError.Code, withoutObjects: ServiceError.Code
    ) {
        #expect(ServiceError(error).code == code)
        #expect(ServiceError("The manifest cannot be read", error).code == withoutObjects)
    }

    @Test func clientsAreToldNoFiles() {
        let errors: [any Error] = [
            ProjectError.damaged(path: "/srv/adapter.json", reason: "it is not JSON"),
            ProjectError.unknownLayout(path: "/srv/adapter.json", found: 9, known: 1),
            ProjectError.badCounter(path: "/srv/number", found: "x"),
        ]
        #expect(
            errors.map(\.sentenceForClients) == [
                "it is not JSON", "layout 9 is there, layout 1 is known",
                "its files on this server are damaged or missing",
            ])
    }
}
