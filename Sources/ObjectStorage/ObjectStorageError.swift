/// Why an object was not read or written. Each description is one sentence.
public enum ObjectStorageError: Error, Sendable, Equatable {
    /// There is no such bucket.
    case noSuchBucket(bucket: String)
    /// There is no such object.
    case noSuchObject(ObjectLocation)
    /// A bucket or a key that no object may have here; `reason` says what is allowed.
    case badName(name: String, reason: String)
    /// The storage refuses: no permission, or other credentials are needed.
    case denied(ObjectLocation, reason: String)
    /// The object has more bytes than are wanted.
    case tooLarge(ObjectLocation, bytes: Int, limit: Int)
    /// The disk or the network failed, also after retries.
    case failed(ObjectLocation, reason: String)
}

extension ObjectStorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noSuchBucket(let bucket): "there is no bucket `\(bucket)`"
        case .noSuchObject(let location): "there is no object \(location)"
        case .badName(let name, let reason): "`\(Self.shown(name))` names no object: \(reason)"
        case .denied(let location, let reason): "the storage refuses \(location): \(reason)"
        case .tooLarge(let location, let bytes, let limit):
            "\(location) has \(bytes) bytes, the limit is \(limit)"
        case .failed(let location, let reason): "\(location) could not be reached: \(reason)"
        }
    }

    /// The beginning of a name that may be of any length.
    private static func shown(_ name: String) -> String {
        let beginning = name.unicodeScalars.prefix(200)
        return String(beginning) + (beginning.endIndex == name.unicodeScalars.endIndex ? "" : "…")
    }
}
