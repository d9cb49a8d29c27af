/// Sizes of requests.
enum WireLimits {
    /// The media type of requests and answers.
    static let contentType = "application/x-amz-json-1.1"
    /// The media types that a request may have.
    static let contentTypes: Set = [contentType, "application/x-amz-json-1.0", "application/json"]
    /// The largest image in a request.
    static let imageBytes = 5_242_880
    /// The largest image in a bucket.
    static let objectBytes = 15 * 1_048_576
    /// The largest body: an image in base64 and what stands around it.
    static let bodyBytes = (imageBytes + 2) / 3 * 4 + 65_536
}
