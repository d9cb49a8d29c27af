import LinearAlgebra
import Testing

@Suite("Whole part")
struct WholePartTests {
    @Test("Numbers that a decimal means are whole, however they are rounded")
    func wholeParts() {
        // In binary, (1 - 0.9) · 10 is just below 1, and 0.1 · 3 just above 0.3.
        #expect(wholePart((1 - 0.9) * 10) == 1)
        #expect(wholePart(0.1 * 30) == 3)
        #expect(wholePart(2.9999) == 2)
        #expect(wholePart(0) == 0)
    }
}
