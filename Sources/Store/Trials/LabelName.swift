internal import Moderation

/// A label as a file names it: its path with `/` between names.
enum LabelName {
    /// The name of `label`; refused where it would be read as another label.
    static func encode(_ label: Label, path: String) throws(StoreError) -> String {
        guard Label(label.description) == label else {
            throw .unstorable(path: path, reason: "the label \(label.path) has a name that is empty or contains /")
        }
        return label.description
    }

    static func decode(_ name: String, path: String) throws(StoreError) -> Label {
        guard let label = Label(name) else { throw .damaged(path: path, reason: "\"\(name)\" is no label") }
        return label
    }
}
