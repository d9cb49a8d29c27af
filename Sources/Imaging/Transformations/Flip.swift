extension RGBImage {
    /// The mirror image: left becomes right.
    public func flippedHorizontally() -> RGBImage {
        upright(from: Orientation(isTransposed: false, mirrorsColumns: true, mirrorsRows: false))
    }
}
