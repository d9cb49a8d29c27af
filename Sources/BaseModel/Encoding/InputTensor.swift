internal import Imaging

/// Turns images into the tensor a network expects.
struct InputTensor: Sendable {
    /// Sizes of the axes, the batch of one image first.
    let shape: [Int64]
    private let input: BaseModelDescription.Input
    /// The normalised value of each byte, for each channel of the tensor: `[3 x 256]`.
    private let normalized: [Float]
    /// The image's channel (0 red, 1 green, 2 blue) of each channel of the tensor.
    private let channels: [Int]

    init(_ input: BaseModelDescription.Input) {
        self.input = input
        let (height, width) = (Int64(input.height), Int64(input.width))
        shape = input.layout == .nchw ? [1, 3, height, width] : [1, height, width, 3]
        channels = input.color == .rgb ? [0, 1, 2] : [2, 1, 0]
        // In single precision throughout, as NumPy computes it for the networks' own training.
        normalized = zip(input.mean, input.deviation).flatMap { mean, deviation in
            (0...255).map { (Float($0) - Float(mean)) / Float(deviation) }
        }
    }

    /// The elements of the tensor for `image`, resized to the input's size.
    func elements(of image: RGBImage) -> [Float] {
        let fitted = image.fitted(
            width: input.width, height: input.height, fit: input.fit, filter: input.filter,
            background: input.background)
        return switch input.layout {
        case .nchw: planar(fitted.pixels)
        case .nhwc: interleaved(fitted.pixels)
        }
    }

    private func planar(_ pixels: [UInt8]) -> [Float] {
        let area = pixels.count / 3
        return [Float](unsafeUninitializedCapacity: pixels.count) { buffer, count in
            for channel in 0..<3 {
                let source = channels[channel]
                // Of its own, so that the inner loop neither counts references nor reads through `self`.
                let values = Array(normalized[channel << 8..<(channel + 1) << 8])
                values.withUnsafeBufferPointer { values in
                    for pixel in 0..<area {
                        buffer[channel * area + pixel] = values[Int(pixels[3 * pixel + source])]
                    }
                }
            }
            count = pixels.count
        }
    }

    private func interleaved(_ pixels: [UInt8]) -> [Float] {
        [Float](unsafeUninitializedCapacity: pixels.count) { buffer, count in
            for pixel in 0..<pixels.count / 3 {
                for channel in 0..<3 {
                    let value = pixels[3 * pixel + channels[channel]]
                    buffer[3 * pixel + channel] = normalized[channel << 8 | Int(value)]
                }
            }
            count = pixels.count
        }
    }
}
