extension String {
    /// Number of terminal columns the text takes.
    var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// The text filled up with spaces to `width` columns, on the right, or on the left for numbers.
    func padded(to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - displayWidth))
        return right ? space + self : self + space
    }

    /// The text with control characters, which could steer a terminal, replaced.
    var withoutControls: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 })
        )
    }
}

extension Character {
    /// 0 for marks alone, 2 for East Asian wide characters and emoji, else 1 (Unicode Standard Annex 11).
    fileprivate var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        let isEmoji = first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}")
        return isEmoji || Character.wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The blocks of wide characters: Hangul, CJK and fullwidth forms.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
    ]
}
