import ObjectStorage
import Testing

@Suite struct ObjectLocationTests {
    @Test(arguments: ["s3://b/k", "s3://bucket/a/b.jpg", "s3://b//k", "s3://b/a b/ä+%"])
    func whatIsWrittenComesBack(text: String) throws {
        #expect(try #require(ObjectLocation(text)).description == text)
    }

    @Test(arguments: ["", "b/k", "s3://", "s3://b", "s3://b/", "s3:///k", "S3://b/k", "http://b/k"])
    func whatIsNoLocationIsNone(text: String) { #expect(ObjectLocation(text) == nil) }
}
