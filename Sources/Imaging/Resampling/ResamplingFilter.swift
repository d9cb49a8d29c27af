internal import Foundation

/// How a pixel of a resized image is made from those of the original, with Pillow's names and definitions.
///
/// All but `nearest` are antialiased: when an image shrinks, the filter widens with the scale.
public enum ResamplingFilter: String, Sendable, Hashable, CaseIterable {
    /// The pixel under the centre of the new one; aliases when an image shrinks.
    case nearest
    /// The mean of the pixels that the new one covers.
    case box
    /// A triangle, 2 original pixels wide when an image grows.
    case bilinear
    /// Keys' cubic convolution (1981) with a = -1/2, 4 original pixels wide when an image grows.
    case bicubic

    /// Half the filter's width, in original pixels at scale 1.
    var support: Double {
        switch self {
        case .nearest: 0
        case .box: 0.5
        case .bilinear: 1
        case .bicubic: 2
        }
    }

    /// The filter's value at `distance` from its centre, in original pixels at scale 1.
    func weight(at distance: Double) -> Double {
        let x = abs(distance)
        switch self {
        case .nearest: return 0
        // Half open, so that a pixel midway between two new ones counts once.
        case .box: return distance > -0.5 && distance <= 0.5 ? 1 : 0
        case .bilinear: return max(0, 1 - x)
        case .bicubic: return ResamplingFilter.cubic(x, a: -0.5)
        }
    }

    private static func cubic(_ x: Double, a: Double) -> Double {
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
        return 0
    }
}
