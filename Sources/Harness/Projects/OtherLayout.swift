/// A file of a layout that this version does not read.
public struct OtherLayout: Error {
    /// The layout that the file says it has.
    public let found: Int

    public init(found: Int) { self.found = found }
}
