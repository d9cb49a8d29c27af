/// A dense matrix of `Float`, row-major, with value semantics.
///
/// Shapes are written `[rows x columns]` in all documentation.
public struct Matrix: Sendable, Equatable {
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// The elements, row after row; `rows * columns` of them.
    public var storage: [Float]

    /// A matrix of `storage`, which holds `rows * columns` elements, row after row.
    public init(rows: Int, columns: Int, storage: [Float]) {
        precondition(
            storage.count == rows * columns,
            "a \(rows) x \(columns) matrix needs \(rows * columns) elements, given \(storage.count)"
        )
        self.rows = rows
        self.columns = columns
        self.storage = storage
    }

    /// A `[rows x columns]` matrix in which every element is `value`.
    public init(rows: Int, columns: Int, repeating value: Float = 0) {
        self.init(rows: rows, columns: columns, storage: Array(repeating: value, count: rows * columns))
    }

    /// A matrix of `rows`, all of one length.
    public init(_ rows: [[Float]]) {
        let columns = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == columns }, "rows differ in length: \(rows.map(\.count))")
        self.init(rows: rows.count, columns: columns, storage: rows.flatMap { $0 })
    }

    /// The element at `row`, `column`.
    public subscript(row: Int, column: Int) -> Float {
        get { storage[row * columns + column] }
        set { storage[row * columns + column] = newValue }
    }

    /// Row `index`, `columns` elements.
    public func row(_ index: Int) -> ArraySlice<Float> {
        storage[index * columns..<(index + 1) * columns]
    }

    /// The rows at `indices`, in that order: `[indices.count x columns]`.
    public func selecting(rows indices: [Int]) -> Matrix {
        var selected: [Float] = []
        selected.reserveCapacity(indices.count * columns)
        for index in indices { selected.append(contentsOf: row(index)) }
        return Matrix(rows: indices.count, columns: columns, storage: selected)
    }
}
