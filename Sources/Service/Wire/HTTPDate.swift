internal import Foundation
internal import ObjectStorage

/// Times as the header `Date` has them: `Fri, 24 May 2013 00:00:00 GMT` (RFC 9110, 5.6.7, the form that is sent today).
enum HTTPDate {
    /// The time written as `text`; `nil` where that is none.
    static func read(_ text: String) -> SignatureV4.Timestamp? {
        guard
            let parts = text.wholeMatch(
                of: /[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|[+\-]0000)/)?
                .output,
            let month = months.firstIndex(of: String(parts.2))
        else { return nil }
        let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return SignatureV4.Timestamp("\(parts.3)\(digits)\(parts.1)T\(parts.4)\(parts.5)\(parts.6)Z")
    }

    /// `time`, in seconds since 1970, written out.
    static func text(_ time: Int) -> String {
        var (time, parts) = (time_t(time), tm())
        gmtime_r(&time, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
            + "\(1900 + parts.tm_year) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
