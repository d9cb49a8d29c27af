internal import Foundation

/// How an image of any shape comes to fill a fixed width and height.
public enum ImageFit: String, Sendable, Hashable, CaseIterable {
    /// Stretched to the size, whatever its shape.
    case squash
    /// The largest centred part of the target's shape, resized: Pillow's `ImageOps.fit`.
    case crop
    /// The whole image as large as it fits, centred on the background: Pillow's `ImageOps.pad`.
    case pad
}

extension RGBImage {
    /// This image at exactly `width` x `height` pixels; `background` is what `pad` puts beside it.
    public func fitted(
        width: Int, height: Int, fit: ImageFit, filter: ResamplingFilter, background: RGBColor
    ) -> RGBImage {
        switch fit {
        case .squash: resized(width: width, height: height, filter: filter)
        case .crop: cropped(width: width, height: height, filter: filter)
        case .pad: padded(width: width, height: height, filter: filter, background: background)
        }
    }

    private func cropped(width: Int, height: Int, filter: ResamplingFilter) -> RGBImage {
        let shape = Double(self.width) / Double(self.height)
        let targetShape = Double(width) / Double(height)
        var (partWidth, partHeight) = (Double(self.width), Double(self.height))
        if shape > targetShape { partWidth = targetShape * partHeight }
        if shape < targetShape { partHeight = partWidth / targetShape }
        let left = (Double(self.width) - partWidth) * 0.5
        let top = (Double(self.height) - partHeight) * 0.5
        let region = Region(
            columns: Float(left)..<Float(left + partWidth), rows: Float(top)..<Float(top + partHeight))
        return resized(width: width, height: height, filter: filter, region: region)
    }

    private func padded(width: Int, height: Int, filter: ResamplingFilter, background: RGBColor) -> RGBImage {
        var (innerWidth, innerHeight) = (width, height)
        let shape = Double(self.width) / Double(self.height)
        let targetShape = Double(width) / Double(height)
        if shape > targetShape { innerHeight = RGBImage.side(width, times: self.height, over: self.width) }
        if shape < targetShape { innerWidth = RGBImage.side(height, times: self.width, over: self.height) }
        let inner = resized(width: innerWidth, height: innerHeight, filter: filter)
        let left = Int((Double(width - innerWidth) * 0.5).rounded(.toNearestOrEven))
        let top = Int((Double(height - innerHeight) * 0.5).rounded(.toNearestOrEven))
        return inner.placed(onWidth: width, height: height, left: left, top: top, background: background)
    }

    /// `length * numerator / denominator` as Pillow rounds it (half to even), but at least 1 pixel.
    static func side(_ length: Int, times numerator: Int, over denominator: Int) -> Int {
        max(1, Int((Double(numerator) / Double(denominator) * Double(length)).rounded(.toNearestOrEven)))
    }

    private func placed(onWidth: Int, height: Int, left: Int, top: Int, background: RGBColor) -> RGBImage {
        guard onWidth != width || height != self.height else { return self }
        var canvas = RGBImage(width: onWidth, height: height, filledWith: background).pixels
        for row in 0..<self.height {
            let target = ((top + row) * onWidth + left) * 3
            canvas.replaceSubrange(target..<target + width * 3, with: pixels[row * width * 3..<(row + 1) * width * 3])
        }
        return RGBImage(width: onWidth, height: height, pixels: canvas)
    }
}
