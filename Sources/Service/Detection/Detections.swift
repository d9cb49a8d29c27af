internal import BaseModel
internal import Foundation
internal import Harness
internal import ObjectStorage

/// DetectModerationLabels.
struct Detections: Sendable {
    let models: ServedModels

    func detect(_ input: Input, _ account: Account) throws -> Detection {
        let bytes = try image(input["Image"], account)
        let detector = try models.detector(input.text("ProjectVersion"), of: account)
        do throws(EncodingError) {
            return try detector.detect(bytes: bytes, minimumConfidence: input.number("MinConfidence") ?? 50)
        } catch {
            throw ServiceError(.invalidImageFormat, "Request has invalid image format: \(error)")
        }
    }

    private func image(_ image: Input?, _ account: Account) throws -> [UInt8] {
        if let bytes = image?.bytes("Bytes") { return bytes }
        guard let object = image?["S3Object"], let bucket = object.text("Bucket"), let key = object.text("Name") else {
            throw ServiceError(.invalidParameter, "Image has neither Bytes nor S3Object")
        }
        do throws(ObjectStorageError) {
            let location = ObjectLocation(bucket: bucket, key: key)
            return [UInt8](try account.buckets.read(location, limit: WireLimits.objectBytes))
        } catch {
            throw ServiceError(.invalidS3Object, "Unable to get object metadata from S3: \(error)")
        }
    }
}

extension Detection: Output {}
