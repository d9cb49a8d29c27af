internal import BaseModel
internal import Foundation
internal import Harness
internal import Imaging
internal import ObjectStorage

/// DetectModerationLabels.
struct Detections: Sendable {
    let models: ServedModels

    /// The default of `MinConfidence`, in percent.
    private static let minimumConfidence = 50.0

    /// The detection in an image of the request, or what to read where the image is in a bucket.
    func detect(_ input: Input, _ account: Account) throws -> Step<any Output> {
        guard input["HumanLoopConfig"] == nil else {
            throw ServiceError(.invalidParameter, "HumanLoopConfig: this server offers no human review")
        }
        let source = try ImageSource(input["Image"])
        // Whatever is wrong with the adapter is said before an image is fetched.
        let detector = try models.detector(input.text("ProjectVersion"), of: account)
        let minimum = input.number("MinConfidence") ?? Self.minimumConfidence
        switch source {
        case .bytes(let bytes): return .done(try Self.detect(bytes, detector, minimum))
        case .object(let location):
            return .reading(read: { try Self.read(location, of: account) }) { data in
                try Self.detect([UInt8](data), detector, minimum)
            }
        }
    }

    /// The detection in an image of a bucket, for who may wait for that.
    func detect(
        _ location: ObjectLocation, minimumConfidence: Double?, adapter: String?, _ account: Account
    ) throws -> Detection {
        let detector = try models.detector(adapter, of: account)
        let bytes = [UInt8](try Self.read(location, of: account))
        return try Self.detect(bytes, detector, minimumConfidence ?? Self.minimumConfidence)
    }

    private static func detect(_ bytes: [UInt8], _ detector: Detector, _ minimum: Double) throws -> Detection {
        do throws(EncodingError) {
            return try detector.detect(bytes: bytes, minimumConfidence: minimum)
        } catch {
            throw ServiceError(error)
        }
    }

    private static func read(_ location: ObjectLocation, of account: Account) throws(ServiceError) -> Data {
        do throws(ObjectStorageError) {
            return try account.buckets.read(location, limit: WireLimits.objectBytes)
        } catch {
            guard case .tooLarge(_, let bytes, let limit) = error else { throw ServiceError(error) }
            throw ServiceError(.imageTooLarge, "Image size is too large: \(bytes) bytes exceed the limit of \(limit)")
        }
    }
}

/// Where the image of a request is.
private enum ImageSource {
    case bytes([UInt8])
    case object(ObjectLocation)

    /// The image that `image` names, in exactly one way.
    init(_ image: Input?) throws(ServiceError) {
        switch (image?.bytes("Bytes"), image?["S3Object"]) {
        case (let bytes?, nil): self = .bytes(bytes)
        case (nil, let object?): self = .object(try ObjectLocation(object, at: "Image.S3Object"))
        case (nil, nil):
            throw ServiceError(.invalidParameter, "Image: one of Bytes and S3Object is needed, and there is neither")
        case (_?, _?):
            throw ServiceError(.invalidParameter, "Image: one of Bytes and S3Object is needed, and there are both")
        }
    }
}

extension ServiceError {
    /// What Amazon Rekognition calls `error`: a fault of the image, which another try does not mend, or of this server.
    fileprivate init(_ error: EncodingError) {
        switch error {
        case .image(.sideTooLong(let width, let height, let limit)):
            self.init(
                .imageTooLarge,
                "Input image dimensions \(width) x \(height) exceed maximum dimension size of \(limit) pixels")
        case .image(.tooManyPixels), .image(.tooManyBytes):
            self.init(.imageTooLarge, "Image size is too large: \(error)")
        case .image, .notFinite, .zeroEmbedding, .notProbability:
            self.init(.invalidImageFormat, "Request has invalid image format: \(error)")
        case .runtime: self.init(.internalServerError, "Internal server error", fault: "\(error)")
        }
    }
}

extension Detection: Output {}
