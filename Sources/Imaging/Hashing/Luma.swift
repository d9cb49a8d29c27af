/// A small square image without colour.
struct Luma {
    /// Pixels of a row, and rows.
    let side: Int
    /// `[side x side]`: luma of ITU-R BT.601 from 0 to 255, rounded as Pillow's mode `L`.
    let values: [Int]

    /// `image` made `side` x `side` pixels large, whatever its shape.
    init(thumbnailOf image: RGBImage, side: Int) {
        let small = image.resized(width: side, height: side, filter: .bilinear).pixels
        self.init(
            side: side,
            values: stride(from: 0, to: small.count, by: 3).map { start in
                let (red, green, blue) = (Int(small[start]), Int(small[start + 1]), Int(small[start + 2]))
                return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
            })
    }

    private init(side: Int, values: [Int]) {
        self.side = side
        self.values = values
    }

    /// The image seen in a mirror.
    var mirrored: Luma {
        Luma(
            side: side,
            values: (0..<side).flatMap { row in values[row * side..<(row + 1) * side].reversed() })
    }

    /// The standard deviation of the pixels: 0 for a blank image.
    var deviation: Double {
        let count = Double(values.count)
        let mean = Double(values.reduce(0, +)) / count
        return (values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count).squareRoot()
    }
}
