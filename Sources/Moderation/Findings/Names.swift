/// Names that a user may have meant.
public enum Names {
    /// The candidate nearest to `name`, if one is near enough to be what was meant.
    ///
    /// Distance is the number of insertions, deletions, replacements and swaps of neighbours (Damerau 1964), letter case
    /// ignored; near enough is at most a third of the longer name, and at least one edit.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        let near = candidates.compactMap { candidate -> (distance: Int, candidate: String)? in
            let distance = distance(name.lowercased(), candidate.lowercased())
            let allowed = max(1, max(name.count, candidate.count) / 3)
            return distance <= allowed ? (distance, candidate) : nil
        }
        return near.min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
    }

    /// A hint that names the nearest candidate, or `nil` where none is near.
    public static func hint(for name: String, among candidates: [String]) -> String? {
        nearest(to: name, among: candidates).map { "did you mean `\($0)`?" }
    }

    /// The candidates in backticks, as a sentence lists them; at most `limit`, and how many more there are.
    public static func list(_ candidates: [String], limit: Int = 24) -> String {
        let shown = candidates.prefix(limit).map { "`\($0)`" }.joined(separator: ", ")
        let rest = candidates.count - limit
        return rest > 0 ? "\(shown) and \(rest) more" : shown
    }

    /// Edits between two names: optimal string alignment over characters.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left), right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
