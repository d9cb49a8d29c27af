internal import CPixels

extension RGBImage {
    /// A rectangle of an image, in pixels and parts of pixels from its upper left corner.
    struct Region {
        let columns: Range<Float>
        let rows: Range<Float>
    }

    private var whole: Region { Region(columns: 0..<Float(width), rows: 0..<Float(height)) }

    /// This image made `width` x `height` pixels large, both above 0: the pixels that Pillow's `Image.resize` gives.
    ///
    /// One convolution along rows and one along columns, each rounded to 8 bits, so their order shows in the last bit.
    public func resized(width: Int, height: Int, filter: ResamplingFilter) -> RGBImage {
        resized(width: width, height: height, filter: filter, region: whole)
    }

    /// `region` of this image made `width` x `height` pixels large.
    func resized(width: Int, height: Int, filter: ResamplingFilter, region: Region) -> RGBImage {
        precondition(width > 0 && height > 0, "an image has pixels, asked for \(width) x \(height)")
        if filter == .nearest { return sampled(width: width, height: height, region: region) }
        var horizontal: ResamplingTaps?
        if width != self.width || region.columns != whole.columns {
            horizontal = ResamplingTaps(filter: filter, length: self.width, span: region.columns, count: width)
        }
        var vertical: ResamplingTaps?
        if height != self.height || region.rows != whole.rows {
            vertical = ResamplingTaps(filter: filter, length: self.height, span: region.rows, count: height)
        }
        // Pillow 13's rule: columns first where the image loses more than twice as many rows as columns. Before version
        // 13 rows always came first, which differs by 1 in a few pixels of such images.
        let columnsFirst = self.height - height > max(0, 2 * (self.width - width))
        return columnsFirst
            ? convolvedAlongColumns(vertical).convolvedAlongRows(horizontal)
            : convolvedAlongRows(horizontal).convolvedAlongColumns(vertical)
    }

    private func convolvedAlongRows(_ taps: ResamplingTaps?) -> RGBImage {
        guard let taps else { return self }
        let length = width * 3
        let result = [UInt8](unsafeUninitializedCapacity: height * taps.count * 3) { target, count in
            taps.withPixelsTaps { taps in
                pixels_resample_rows(pixels, width, height - 1, taps, target.baseAddress)
                // The byte that is read beyond the last pixel must be there.
                let last = target.baseAddress.map { $0 + (height - 1) * taps.count * 3 }
                pixels_resample_rows(Array(pixels.suffix(length)) + [0], width, 1, taps, last)
            }
            count = target.count
        }
        return RGBImage(width: taps.count, height: height, pixels: result)
    }

    private func convolvedAlongColumns(_ taps: ResamplingTaps?) -> RGBImage {
        guard let taps else { return self }
        let length = width * 3
        var sums = [Int32](repeating: 0, count: length)
        let result = [UInt8](unsafeUninitializedCapacity: taps.count * length) { target, count in
            taps.withPixelsTaps { pixels_resample_columns(pixels, length, $0, &sums, target.baseAddress) }
            count = target.count
        }
        return RGBImage(width: width, height: taps.count, pixels: result)
    }

    /// The pixels under the centres of the new ones; positions are added up in steps, as Pillow does.
    private func sampled(width: Int, height: Int, region: Region) -> RGBImage {
        let columns = RGBImage.positions(count: width, span: region.columns, length: self.width)
        let rows = RGBImage.positions(count: height, span: region.rows, length: self.height)
        var result: [UInt8] = []
        result.reserveCapacity(width * height * 3)
        for row in rows {
            for column in columns {
                let source = 3 * (row * self.width + column)
                result.append(contentsOf: pixels[source..<source + 3])
            }
        }
        return RGBImage(width: width, height: height, pixels: result)
    }

    private static func positions(count: Int, span: Range<Float>, length: Int) -> [Int] {
        let step = (Double(span.upperBound) - Double(span.lowerBound)) / Double(count)
        var position = Double(span.lowerBound) + step * 0.5
        return (0..<count).map { _ in
            defer { position += step }
            return min(length - 1, Int(position))
        }
    }
}

extension ResamplingTaps {
    fileprivate func withPixelsTaps<Result>(_ body: (pixels_taps) -> Result) -> Result {
        starts.withUnsafeBufferPointer { starts in
            counts.withUnsafeBufferPointer { counts in
                weights.withUnsafeBufferPointer { weights in
                    body(
                        pixels_taps(
                            starts: starts.baseAddress, counts: counts.baseAddress, weights: weights.baseAddress,
                            stride: stride, count: count))
                }
            }
        }
    }
}
