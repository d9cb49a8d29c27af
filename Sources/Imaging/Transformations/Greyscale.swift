extension RGBImage {
    /// The image without colour: each pixel's luma in all three channels.
    ///
    /// Luma is that of ITU-R BT.601, rounded to nearest in 16 bits of fraction: what Pillow's `convert("L")` gives.
    public func greyscale() -> RGBImage {
        let result = [UInt8](unsafeUninitializedCapacity: pixels.count) { buffer, count in
            for start in stride(from: 0, to: pixels.count, by: 3) {
                let luma =
                    19595 * UInt32(pixels[start]) + 38470 * UInt32(pixels[start + 1])
                    + 7471 * UInt32(pixels[start + 2])
                let grey = UInt8(truncatingIfNeeded: (luma + 0x8000) >> 16)
                for channel in 0..<3 { buffer[start + channel] = grey }
            }
            count = pixels.count
        }
        return RGBImage(width: width, height: height, pixels: result)
    }
}
