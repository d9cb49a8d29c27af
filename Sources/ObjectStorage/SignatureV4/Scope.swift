extension SignatureV4 {
    /// What a signature is good for: one day, one region, one service.
    public struct Scope: Sendable, Hashable, CustomStringConvertible {
        /// The day of UTC, written `20130524`.
        public let day: String
        /// The region, such as `us-east-1`.
        public let region: String
        /// The service's signing name, such as `s3` or `rekognition`.
        public let service: String

        public init(day: String, region: String, service: String) {
            self.day = day
            self.region = region
            self.service = service
        }

        /// What every scope ends with.
        static let ending = "aws4_request"

        /// The scope as it is signed: `20130524/us-east-1/s3/aws4_request`.
        public var description: String { [day, region, service, Self.ending].joined(separator: "/") }
    }
}
