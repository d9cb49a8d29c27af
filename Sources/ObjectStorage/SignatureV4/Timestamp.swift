public import Foundation

extension SignatureV4 {
    /// When a request was signed: a second of UTC, written `20130524T000000Z` as in the header `X-Amz-Date`.
    public struct Timestamp: Sendable, Hashable, CustomStringConvertible {
        /// The 16 characters that are signed.
        public let description: String

        /// The second that `date` lies in.
        public init(_ date: Date) {
            let parts = Self.calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
            func digits(_ value: Int?, _ count: Int) -> String {
                let text = String(value ?? 0)
                return String(repeating: "0", count: max(0, count - text.count)) + text
            }
            description =
                digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2) + "T"
                + digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2) + "Z"
        }

        /// The second written as `text`; `nil` where that is not `YYYYMMDD'T'HHMMSS'Z'` or no such second exists.
        public init?(_ text: String) {
            guard let date = Self.date(of: text), Timestamp(date).description == text else { return nil }
            description = text
        }

        /// The day, written `20130524` as in a scope.
        public var day: String { String(description.prefix(8)) }

        /// The second's beginning.
        public var date: Date { Self.date(of: description) ?? .distantPast }

        private static func date(of text: String) -> Date? {
            guard text.utf8.count == 16,
                let parts = text.wholeMatch(of: /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/)?.output
            else { return nil }
            let components = DateComponents(
                year: Int(parts.1), month: Int(parts.2), day: Int(parts.3), hour: Int(parts.4), minute: Int(parts.5),
                second: Int(parts.6))
            return calendar.date(from: components)
        }

        private static let calendar: Calendar = {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = .gmt
            return calendar
        }()
    }
}
