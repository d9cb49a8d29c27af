internal import CPixels
internal import Foundation

/// Along one axis, which original pixels make each new one, and with which weights.
struct ResamplingTaps {
    /// The first original pixel of each new one.
    private(set) var starts: [Int] = []
    /// Weights of each new pixel, `stride` places each, padded with 0.
    ///
    /// They are fixed-point: 8 bits are for the pixel, 2 for the overshoot of a cubic's negative lobes, 22 left.
    private(set) var weights: [Int32] = []
    /// Number of weights of each new pixel.
    private(set) var counts: [Int] = []
    /// Places each new pixel has in `weights`.
    let stride: Int

    /// The taps that make `count` pixels of the original's `span`, a part of its `length` pixels.
    init(filter: ResamplingFilter, length: Int, span: Range<Float>, count: Int) {
        // The span is subtracted in single precision, as Pillow's boxes are.
        let scale = Double(span.upperBound - span.lowerBound) / Double(count)
        let widening = max(scale, 1)
        let support = filter.support * widening
        stride = Int(support.rounded(.up)) * 2 + 1
        weights = Array(repeating: 0, count: count * stride)
        for position in 0..<count {
            let center = Double(span.lowerBound) + (Double(position) + 0.5) * scale
            let start = max(0, Int(center - support + 0.5))
            let end = min(length, Int(center + support + 0.5))
            let exact = (start..<end).map { filter.weight(at: (Double($0) - center + 0.5) * (1 / widening)) }
            starts.append(start)
            counts.append(end - start)
            let total = exact.reduce(0, +)
            for (offset, weight) in exact.enumerated() {
                weights[position * stride + offset] = ResamplingTaps.fixedPoint(total == 0 ? weight : weight / total)
            }
        }
    }

    /// Number of new pixels.
    var count: Int { starts.count }

    private static func fixedPoint(_ weight: Double) -> Int32 {
        let scaled = weight * Double(1 << PIXELS_FRACTION_BITS)
        return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    }
}
