extension RGBImage {
    /// A trimmed image's side, in percent of its content's longer side.
    private static let trimmedSide = 112

    /// The content alone, in the middle of a square 1.12 times as wide as its longer side.
    ///
    /// The content is the smallest rectangle around all pixels that are farther than `backgroundTolerance` from the
    /// colour of the corners, in some channel; the rest of the square has that colour. An image of nothing else stays
    /// as it is.
    public func trimmed() -> RGBImage {
        let background = cornerColor
        guard let content = content(on: background) else { return self }
        let longer = max(content.columns.count, content.rows.count)
        let side = (longer * RGBImage.trimmedSide + 99) / 100
        return square(side, of: content, on: background)
    }

    private struct Content {
        let columns: Range<Int>
        let rows: Range<Int>
    }

    /// Each channel's median over the four corners: the mean of the middle two, rounded down.
    private var cornerColor: RGBColor {
        func median(_ channel: (RGBColor) -> UInt8) -> UInt8 {
            let values = corners.map { channel(color(at: $0)) }.sorted()
            return UInt8((Int(values[1]) + Int(values[2])) / 2)
        }
        return RGBColor(red: median(\.red), green: median(\.green), blue: median(\.blue))
    }

    private func content(on background: RGBColor) -> Content? {
        var (left, right, top, bottom) = (width, -1, height, -1)
        for row in 0..<height {
            for column in 0..<width where !isNear(row * width + column, background) {
                (left, right) = (min(left, column), max(right, column))
                (top, bottom) = (min(top, row), max(bottom, row))
            }
        }
        return right < 0 ? nil : Content(columns: left..<right + 1, rows: top..<bottom + 1)
    }

    private func square(_ side: Int, of content: Content, on background: RGBColor) -> RGBImage {
        var canvas = RGBImage(width: side, height: side, filledWith: background).pixels
        let (left, top) = ((side - content.columns.count) / 2, (side - content.rows.count) / 2)
        for (offset, row) in content.rows.enumerated() {
            let source = 3 * (row * width + content.columns.lowerBound)
            let target = 3 * ((top + offset) * side + left)
            let length = 3 * content.columns.count
            canvas.replaceSubrange(target..<target + length, with: pixels[source..<source + length])
        }
        return RGBImage(width: side, height: side, pixels: canvas)
    }
}
