/// A number with its uncertainty, or the reason why there is none.
public enum Estimate: Sendable, Equatable {
    case measured(Measurement)
    case undefined(Reason)

    /// A number and how well it is known.
    public struct Measurement: Sendable, Equatable, Codable {
        /// The value on one split, or over all repeats together: a ratio of sums.
        public let value: Double
        /// The 95% interval, or `nil` for the reason in `intervalMissing`.
        public let interval: Interval?
        /// Why there is no interval.
        public let intervalMissing: Reason?
        /// Number of repeats the value rests on.
        public let repeats: Int
        /// Number of repeats without an image that could show the error, and which are therefore left out.
        public let repeatsLeftOut: Int

        /// A value with its interval.
        public init(value: Double, interval: Interval, repeats: Int = 1, repeatsLeftOut: Int = 0) {
            self.init(value: value, interval: interval, missing: nil, repeats: repeats, repeatsLeftOut: repeatsLeftOut)
        }

        /// A value without an interval.
        public init(value: Double, intervalMissing: Reason, repeats: Int, repeatsLeftOut: Int) {
            self.init(
                value: value, interval: nil, missing: intervalMissing, repeats: repeats, repeatsLeftOut: repeatsLeftOut)
        }

        private init(value: Double, interval: Interval?, missing: Reason?, repeats: Int, repeatsLeftOut: Int) {
            self.value = value
            self.interval = interval
            self.intervalMissing = missing
            self.repeats = repeats
            self.repeatsLeftOut = repeatsLeftOut
        }
    }

    /// The measurement, or `nil` where there is none.
    public var measurement: Measurement? {
        if case .measured(let measurement) = self { measurement } else { nil }
    }

    /// The value, or `nil` where there is none.
    public var value: Double? { measurement?.value }

    /// The 95% interval, or `nil` where there is none.
    public var interval: Interval? { measurement?.interval }
}

/// Why a number cannot be given.
public enum Reason: String, Sendable, Hashable, CaseIterable, Codable {
    /// No test image can show this kind of error: none has the label, or none is without it.
    case noImages = "no_images"
    /// The base model made no such error, so there is none to remove.
    case noBaseErrors = "no_base_errors"
    /// Fewer than two repeats have a value, so they have no spread.
    case tooFewRepeats = "too_few_repeats"
    /// Every repeat has the same value, so its spread cannot be estimated.
    case noSpread = "no_spread"
    /// Every repeat tests the same images: their spread says nothing of other test images.
    case sameTestImages = "same_test_images"
}

extension Estimate: Codable {
    private enum CodingKeys: CodingKey { case undefined }

    /// Reads a measurement, or `{"undefined": reason}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let reason = try container.decodeIfPresent(Reason.self, forKey: .undefined) {
            self = .undefined(reason)
        } else {
            self = .measured(try Measurement(from: decoder))
        }
    }

    /// Writes a measurement, or `{"undefined": reason}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .measured(let measurement): try measurement.encode(to: encoder)
        case .undefined(let reason):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .undefined)
        }
    }
}
