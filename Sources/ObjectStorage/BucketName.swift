/// The names that buckets have.
enum BucketName {
    /// Throws for a name that no bucket has.
    static func check(_ name: String) throws(ObjectStorageError) {
        guard name.wholeMatch(of: /[0-9A-Za-z.\-_]{3,255}/) != nil, name.contains(where: { $0 != "." }) else {
            throw .badName(name: name, reason: "a bucket has 3 to 255 letters, digits, `.`, `-` and `_`")
        }
    }
}
