extension Matrix {
    /// The columns divided into parts of `sizes` columns that follow each other: one `[rows x size]` matrix each.
    public func divided(intoColumns sizes: [Int]) -> [Matrix] {
        precondition(sizes.reduce(0, +) == columns, "\(columns) columns in parts of \(sizes)")
        guard sizes.count > 1 else { return [self] }
        var start = 0
        return sizes.map { size in
            defer { start += size }
            var part: [Float] = []
            part.reserveCapacity(rows * size)
            for index in 0..<rows {
                let first = index * columns + start
                part.append(contentsOf: storage[first..<first + size])
            }
            return Matrix(rows: rows, columns: size, storage: part)
        }
    }
}
