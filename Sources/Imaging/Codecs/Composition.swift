/// Composes `rgba`, not premultiplied, over `background`: Porter and Duff's "over" (1984) in byte space, rounded to
/// nearest, which is bit for bit what Pillow's `alpha_composite` gives over an opaque background.
func composed(rgba: [UInt8], on background: RGBColor) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: rgba.count / 4 * 3) { target, count in
        rgba.withUnsafeBufferPointer { source in
            for pixel in 0..<source.count / 4 {
                let alpha = UInt32(source[4 * pixel + 3])
                target[3 * pixel] = over(source[4 * pixel], alpha, background.red)
                target[3 * pixel + 1] = over(source[4 * pixel + 1], alpha, background.green)
                target[3 * pixel + 2] = over(source[4 * pixel + 2], alpha, background.blue)
            }
        }
        count = target.count
    }
}

/// One channel of a pixel of opacity `alpha`, 0 to 255, over one of the background.
@inline(__always)
private func over(_ value: UInt8, _ alpha: UInt32, _ behind: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (UInt32(value) &* alpha &+ UInt32(behind) &* (255 &- alpha) &+ 127) / 255)
}
