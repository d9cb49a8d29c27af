extension RGBImage {
    /// This image made so small that no side is longer than `side` pixels, its shape kept as far as whole pixels allow; as it
    /// is where it is that small already.
    public func shrunk(toFit side: Int, filter: ResamplingFilter) -> RGBImage {
        precondition(side > 0, "an image has pixels, asked for a side of \(side)")
        let longest = max(width, height)
        guard longest > side else { return self }
        let scaled = { (length: Int) in max(1, Int((Double(length * side) / Double(longest)).rounded())) }
        return resized(width: scaled(width), height: scaled(height), filter: filter)
    }
}
