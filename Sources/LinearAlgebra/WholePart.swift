/// The largest whole number that is not above `value`, which is not negative; 0.1 · 30 is 3, however it is rounded.
public func wholePart(_ value: Double) -> Int {
    Int((value + 1e-9).rounded(.down))
}
