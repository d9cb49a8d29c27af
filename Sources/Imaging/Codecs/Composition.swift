internal import CPixels

/// Composes `rgba`, not premultiplied, over `background`: Porter and Duff's "over" (1984) in byte space, rounded to
/// nearest, which is bit for bit what Pillow's `alpha_composite` gives over an opaque background.
func composed(rgba: [UInt8], on background: RGBColor) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: rgba.count / 4 * 3) { target, count in
        pixels_compose(
            rgba, rgba.count / 4, background.red, background.green, background.blue, target.baseAddress)
        count = target.count
    }
}
