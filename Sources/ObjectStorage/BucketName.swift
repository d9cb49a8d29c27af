/// The names that buckets have.
public enum BucketName {
    /// What a name has, in words.
    public static let rule = "a bucket has 3 to 255 letters, digits, `.`, `-` and `_`"

    /// Whether a bucket may be called `name`.
    public static func isName(_ name: String) -> Bool {
        name.wholeMatch(of: /[0-9A-Za-z.\-_]{3,255}/) != nil && name.contains { $0 != "." }
    }

    /// Throws for a name that no bucket has.
    static func check(_ name: String) throws(ObjectStorageError) {
        guard isName(name) else { throw .badName(name: name, reason: rule) }
    }
}
