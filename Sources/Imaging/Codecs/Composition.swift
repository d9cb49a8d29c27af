/// Composes `rgba`, not premultiplied, over `background`: Porter and Duff's "over" (1984) in byte space, rounded to
/// nearest, which is bit for bit what Pillow's `alpha_composite` gives over an opaque background.
func composed(rgba: [UInt8], on background: RGBColor) -> [UInt8] {
    let behind = [Int(background.red), Int(background.green), Int(background.blue)]
    return Array(unsafeUninitializedCapacity: rgba.count / 4 * 3) { buffer, count in
        for pixel in 0..<rgba.count / 4 {
            let alpha = Int(rgba[4 * pixel + 3])
            for channel in 0..<3 {
                let sum = Int(rgba[4 * pixel + channel]) * alpha + behind[channel] * (255 - alpha)
                buffer[3 * pixel + channel] = UInt8((sum + 127) / 255)
            }
        }
        count = buffer.count
    }
}
