import Foundation
import Moderation
import Testing

@Suite struct DigestTests {
    /// FIPS 180-2, appendix B.1.
    @Test func theDigestIsSHA256() {
        #expect(
            Digest(of: "abc").description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func textAndBytesReadBack() throws {
        let digest = Digest(of: Data([1, 2, 3]))
        #expect(Digest(hexadecimal: digest.description.uppercased()) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(try JSONDecoder().decode(Digest.self, from: JSONEncoder().encode(digest)) == digest)
        #expect(Digest(hexadecimal: "12") == nil)
        #expect(Digest(hexadecimal: String(repeating: "x", count: 64)) == nil)
        #expect(Digest(bytes: [1]) == nil)
    }
}
