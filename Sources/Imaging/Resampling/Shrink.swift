extension RGBImage {
    /// This image made so small that no side is longer than `side` pixels, its shape kept as far as whole pixels allow; as it
    /// is where it is that small already.
    public func shrunk(toFit side: Int, filter: ResamplingFilter) -> RGBImage {
        precondition(side > 0, "an image has pixels, asked for a side of \(side)")
        let longest = max(width, height)
        guard longest > side else { return self }
        return resized(
            width: RGBImage.side(side, times: width, over: longest),
            height: RGBImage.side(side, times: height, over: longest), filter: filter)
    }
}
