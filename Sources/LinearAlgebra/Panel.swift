internal import COpenBLAS

/// A matrix of `Double`, row-major, for intermediate results: some columns that are worked on together, or some rows.
public struct Panel: Sendable, Equatable {
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// The elements, row after row; `rows * columns` of them.
    public var storage: [Double]

    /// A panel of `storage`, which holds `rows * columns` elements, row after row.
    public init(rows: Int, columns: Int, storage: [Double]) {
        precondition(
            storage.count == rows * columns,
            "a \(rows) x \(columns) panel needs \(rows * columns) elements, given \(storage.count)")
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    /// A `[rows x columns]` panel of zeros.
    public init(rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns, storage: Array(repeating: 0, count: rows * columns))
    }

    /// A panel of `columns`, all of `rows` elements.
    public init(rows: Int, columns: [[Double]]) {
        self.init(rows: rows, columns: columns.count)
        for (index, column) in columns.enumerated() {
            precondition(column.count == rows, "a column of \(column.count) elements in a panel of \(rows) rows")
            for row in 0..<rows { storage[row * self.columns + index] = column[row] }
        }
    }

    /// The elements of `matrix`, less those of `origin` in each row where it is given.
    public init(_ matrix: Matrix, about origin: [Double]? = nil) {
        precondition(
            (origin?.count ?? matrix.columns) == matrix.columns,
            "\(matrix.columns) columns about \(origin?.count ?? 0) elements")
        let columns = matrix.columns
        let storage = [Double](unsafeUninitializedCapacity: matrix.storage.count) { wide, count in
            matrix.storage.withUnsafeBufferPointer { narrow in
                for index in narrow.indices { wide[index] = Double(narrow[index]) }
            }
            for row in 0..<(origin == nil ? 0 : matrix.rows) {
                for (column, value) in (origin ?? []).enumerated() { wide[row * columns + column] -= value }
            }
            count = matrix.storage.count
        }
        self.init(rows: matrix.rows, columns: matrix.columns, storage: storage)
    }

    /// The element at `row`, `column`.
    public subscript(row: Int, column: Int) -> Double {
        get { storage[row * columns + column] }
        set { storage[row * columns + column] = newValue }
    }

    /// Column `index`, `rows` elements.
    public func column(_ index: Int) -> [Double] { (0..<rows).map { storage[$0 * columns + index] } }

    /// The rows in `range`: `[range x columns]`.
    public func selecting(rows range: Range<Int>) -> Panel {
        Panel(
            rows: range.count, columns: columns,
            storage: Array(storage[range.lowerBound * columns..<range.upperBound * columns]))
    }

    /// A·B: `[rows x other.columns]`.
    public func times(_ other: Panel) -> Panel {
        precondition(columns == other.rows, "\(columns) columns times \(other.rows) rows")
        return product(other, false, false, rows: rows, columns: other.columns, inner: columns)
    }

    /// A·Bᵀ: `[rows x other.rows]`.
    public func times(transposed other: Panel) -> Panel {
        precondition(columns == other.columns, "\(columns) columns times \(other.columns) columns transposed")
        return product(other, false, true, rows: rows, columns: other.rows, inner: columns)
    }

    /// Aᵀ·B: `[columns x other.columns]`.
    public func transposedTimes(_ other: Panel) -> Panel {
        precondition(rows == other.rows, "\(rows) rows transposed times \(other.rows) rows")
        return product(other, true, false, rows: columns, columns: other.columns, inner: rows)
    }

    /// A·Bᵀ, each element a function of its two rows alone, bit for bit: `[rows x other.rows]`.
    public func innerProducts(with other: Panel) -> Panel {
        precondition(columns == other.columns, "\(columns) columns times \(other.columns) columns transposed")
        var result = Panel(rows: rows, columns: other.rows)
        for row in 0..<rows {
            for column in 0..<other.rows {
                result.storage[row * other.rows + column] = dotProduct(
                    storage[row * columns..<(row + 1) * columns],
                    other.storage[column * columns..<(column + 1) * columns])
            }
        }
        return result
    }

    /// Adds Aᵀ·x for the x of `vector` to `sums`, from the first row to the last.
    public func addTransposedTimes(_ vector: [Double], to sums: inout [Double]) {
        precondition(
            vector.count == rows && sums.count == columns,
            "\(rows) x \(columns) elements transposed times \(vector.count), added to \(sums.count)")
        sums.withUnsafeMutableBufferPointer { sums in
            storage.withUnsafeBufferPointer { storage in
                for row in 0..<rows {
                    let (factor, start) = (vector[row], row * columns)
                    for column in 0..<columns { sums[column] += factor * storage[start + column] }
                }
            }
        }
    }

    /// X_G·diag(w)·X_Gᵀ of the rows in `group`, for each row w of `weights`, `[any x columns]`.
    public func forms(of group: Range<Int>, weights: Panel) -> [SymmetricMatrix] {
        precondition(weights.columns == columns, "\(columns) columns with \(weights.columns) weights each")
        var forms = [SymmetricMatrix](repeating: SymmetricMatrix(order: group.count), count: weights.rows)
        var products = [Double](repeating: 0, count: columns)
        for row in group {
            for column in group.lowerBound...row {
                for index in 0..<columns {
                    products[index] = storage[row * columns + index] * storage[column * columns + index]
                }
                for (place, start) in stride(from: 0, to: weights.storage.count, by: max(1, columns)).enumerated() {
                    forms[place][row - group.lowerBound, column - group.lowerBound] = dotProduct(
                        products[...], weights.storage[start..<start + columns])
                }
            }
        }
        return forms
    }

    /// A + B.
    public func adding(_ other: Panel) -> Panel {
        precondition(
            rows == other.rows && columns == other.columns,
            "\(rows) x \(columns) elements plus \(other.rows) x \(other.columns)")
        return Panel(rows: rows, columns: columns, storage: zip(storage, other.storage).map { $0 + $1 })
    }

    /// A + x·yᵀ.
    public func adding(outerProductOf left: [Double], _ right: [Double]) -> Panel {
        precondition(
            left.count == rows && right.count == columns,
            "\(rows) x \(columns) elements plus those of \(left.count) and \(right.count)")
        var result = self
        for row in 0..<rows {
            for column in 0..<columns { result.storage[row * columns + column] += left[row] * right[column] }
        }
        return result
    }

    private func product(
        _ other: Panel, _ transposesSelf: Bool, _ transposesOther: Bool, rows: Int, columns: Int, inner: Int
    ) -> Panel {
        var result = Panel(rows: rows, columns: columns)
        guard !result.storage.isEmpty && inner > 0 else { return result }
        Kernels.require()
        moderato_dgemm(
            transposesSelf, transposesOther, Int32(rows), Int32(columns), Int32(inner), storage, Int32(self.columns),
            other.storage, Int32(other.columns), &result.storage, Int32(columns))
        return result
    }
}
