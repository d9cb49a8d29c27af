public import Foundation

/// Times in whole milliseconds since 1970, as they stand in ARNs and records.
public enum Milliseconds {
    /// The time now.
    public static var now: Int { of(.now) }

    /// The millisecond that `date` falls into.
    public static func of(_ date: Date) -> Int { Int((date.timeIntervalSince1970 * 1000).rounded(.down)) }

    /// The beginning of the millisecond.
    public static func date(_ milliseconds: Int) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
