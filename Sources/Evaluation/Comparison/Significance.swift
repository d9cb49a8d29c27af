/// What a test said of the difference between adapter and base.
public enum Significance: Sendable, Equatable {
    case tested(Tested)
    case untested(Reason)

    /// How the p value was found.
    public enum Method: String, Sendable, Codable {
        /// McNemar's mid-p test of the paired counts of one split, images of a group changing together.
        case mcNemarMidP = "mcnemar_mid_p"
        /// The corrected resampled t test of the differences in error rate over repeats.
        case correctedT = "corrected_t"
    }

    /// A p value, as it is and corrected for the other tests of the table.
    public struct Tested: Sendable, Equatable, Codable {
        public let method: Method
        /// The two-sided p value, above 0 and at most 1.
        public let pValue: Double
        /// The same after Holm's correction over every test of the comparison.
        public let adjustedPValue: Double

        public init(method: Method, pValue: Double, adjustedPValue: Double) {
            self.method = method
            self.pValue = pValue
            self.adjustedPValue = adjustedPValue
        }
    }

    /// The p values, or `nil` where there was no test.
    public var tested: Tested? {
        if case .tested(let tested) = self { tested } else { nil }
    }
}

extension Significance: Codable {
    private enum CodingKeys: CodingKey { case undefined }

    /// Reads p values, or `{"undefined": reason}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let reason = try container.decodeIfPresent(Reason.self, forKey: .undefined) {
            self = .untested(reason)
        } else {
            self = .tested(try Tested(from: decoder))
        }
    }

    /// Writes p values, or `{"undefined": reason}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .tested(let tested): try tested.encode(to: encoder)
        case .untested(let reason):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .undefined)
        }
    }
}
