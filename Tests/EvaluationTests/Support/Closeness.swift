/// Whether two numbers agree to `relative` of the larger one.
func isClose(_ value: Double, _ expected: Double, relative: Double) -> Bool {
    value == expected || abs(value - expected) <= relative * max(abs(value), abs(expected))
}
