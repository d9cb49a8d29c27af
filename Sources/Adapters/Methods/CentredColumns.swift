internal import LinearAlgebra

/// Values of training rows about their means, some columns side by side.
struct CentredColumns: Sendable {
    /// The mean of each column.
    let means: [Double]
    /// What is left without it: `[rows x columns]`.
    let panel: Panel

    /// The columns `values`, all of one length.
    init(_ values: [[Double]]) {
        means = values.map(\.mean)
        panel = Panel(rows: values.first?.count ?? 0, columns: values.map { $0.centred() })
    }

    /// The inner product of two columns.
    func product(_ left: Int, _ right: Int) -> Double {
        var sum = 0.0
        for row in 0..<panel.rows { sum += panel[row, left] * panel[row, right] }
        return sum
    }
}
