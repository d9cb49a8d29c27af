extension RGBImage {
    /// How far, in each channel, a pixel may be from the background's colour and still belong to it: 24 of 255.
    public static let backgroundTolerance = 24

    /// The image with `color` where its background was.
    ///
    /// The background is what is as the upper left pixel, within `backgroundTolerance`, and hangs together with a
    /// corner, by pixels that share a side.
    public func replacingBackground(with color: RGBColor) -> RGBImage {
        var result = pixels
        for (pixel, isBackground) in background().enumerated() where isBackground {
            result[3 * pixel] = color.red
            result[3 * pixel + 1] = color.green
            result[3 * pixel + 2] = color.blue
        }
        return RGBImage(width: width, height: height, pixels: result)
    }

    /// Whether each pixel is of the background: a flood from the corners, one ring of pixels after the other.
    private func background() -> [Bool] {
        let reference = color(at: 0)
        var isBackground = [Bool](repeating: false, count: width * height)
        var next: [Int] = []
        func reach(_ pixel: Int) {
            guard !isBackground[pixel], isNear(pixel, reference) else { return }
            isBackground[pixel] = true
            next.append(pixel)
        }
        for corner in corners { reach(corner) }
        while !next.isEmpty {
            let ring = next
            next.removeAll(keepingCapacity: true)
            for pixel in ring {
                let column = pixel % width
                if column > 0 { reach(pixel - 1) }
                if column < width - 1 { reach(pixel + 1) }
                if pixel >= width { reach(pixel - width) }
                if pixel < width * (height - 1) { reach(pixel + width) }
            }
        }
        return isBackground
    }

    /// Places of the four corners' pixels, which are one and the same in an image of one pixel.
    var corners: [Int] { [0, width - 1, width * (height - 1), width * height - 1] }

    func color(at pixel: Int) -> RGBColor {
        RGBColor(red: pixels[3 * pixel], green: pixels[3 * pixel + 1], blue: pixels[3 * pixel + 2])
    }

    /// Whether every channel of `pixel` is within the tolerance of `color`.
    func isNear(_ pixel: Int, _ color: RGBColor) -> Bool {
        RGBImage.areNear(pixels[3 * pixel], color.red) && RGBImage.areNear(pixels[3 * pixel + 1], color.green)
            && RGBImage.areNear(pixels[3 * pixel + 2], color.blue)
    }

    @inline(__always)
    private static func areNear(_ left: UInt8, _ right: UInt8) -> Bool {
        abs(Int(left) - Int(right)) <= backgroundTolerance
    }
}
