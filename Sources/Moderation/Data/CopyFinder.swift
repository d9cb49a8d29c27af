/// Finds the same bytes under two names: harmless when the labels agree and a split keeps them together.
public struct CopyFinder: Sendable {
    private var seen: [Digest: (record: ImageRecord, unit: String)] = [:]
    private let isAllowingOtherUnits: Bool

    /// - Parameter isAllowingOtherUnits: whether copies may be in two units, of which one may be trained on and the other
    ///   tested on.
    public init(allowingOtherUnits isAllowingOtherUnits: Bool = false) {
        self.isAllowingOtherUnits = isAllowingOtherUnits
    }

    /// What is wrong with `record` beside an earlier image of the same bytes; the first of them is never at fault.
    ///
    /// - Parameters:
    ///   - digest: the digest of its bytes.
    ///   - unit: the name of what a split keeps together.
    ///   - file: the manifest.
    public mutating func finding(for record: ImageRecord, digest: Digest, unit: String, file: String) -> Finding? {
        guard let earlier = seen[digest] else {
            seen[digest] = (record, unit)
            return nil
        }
        let place = Place(file: file, line: record.line)
        let what = "`\(record.path)` has the same bytes as `\(earlier.record.path)` on line \(earlier.record.line)"
        if !record.annotation.agrees(with: earlier.record.annotation) {
            return Finding("\(what), but other labels", at: place, hint: "give both the labels that are right")
        }
        guard unit != earlier.unit, !isAllowingOtherUnits else { return nil }
        return Finding(
            "\(what), and one may be trained on and the other tested on", at: place,
            hint: "remove one, or give both the same `group` and divide by group; "
                + "`allow_leaks: [exact_copies, near_duplicates]` accepts it")
    }
}
