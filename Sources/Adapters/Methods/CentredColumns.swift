internal import LinearAlgebra

/// Values of training rows about their means, some columns side by side.
struct CentredColumns: Sendable {
    /// The mean of each column.
    let means: [Double]
    /// What is left without it: `[rows x columns]`.
    let panel: Panel

    /// The columns `values`, all of one length.
    init(_ values: [[Double]]) {
        let means = values.map { $0.reduce(0, +) / Double(max($0.count, 1)) }
        self.means = means
        panel = Panel(
            rows: values.first?.count ?? 0,
            columns: zip(values, means).map { column, mean in column.map { $0 - mean } })
    }

    /// The inner product of two columns.
    func product(_ left: Int, _ right: Int) -> Double {
        var sum = 0.0
        for row in 0..<panel.rows { sum += panel[row, left] * panel[row, right] }
        return sum
    }
}
