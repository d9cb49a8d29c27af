import Imaging
import Testing

@Suite struct ColorTests {
    @Test func hexadecimal() {
        #expect(RGBColor(hex: "#0a80F0") == RGBColor(red: 10, green: 128, blue: 240))
        #expect(RGBColor(hex: "#0a80F0")?.description == "#0a80f0")
        #expect(RGBColor(hex: "#ffffff") == .white)
    }

    @Test(arguments: ["", "#", "ffffff", "#fff", "#fffffff", "#12345g", "#+12345", "#１２３４５６"])
    func refusesAnythingElse(text: String) {
        #expect(RGBColor(hex: text) == nil)
    }
}
