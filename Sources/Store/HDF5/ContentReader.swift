/// Takes arrays out of a file's content; whatever is not as the layout says is damage.
struct ContentReader {
    let content: FileContent
    /// The file, for errors.
    let path: String

    /// The array at `key`, of `type` and with `rank` dimensions.
    func array(_ key: String, _ type: ElementType, rank: Int) throws(StoreError) -> StoredArray {
        guard let array = content[key] else { throw .damaged(path: path, reason: "\(key) is missing") }
        guard array.type == type, array.shape.count == rank else {
            throw .damaged(
                path: path,
                reason: "\(key) is \(array.type.rawValue) \(array.shape), not \(type.rawValue) with \(rank) dimensions")
        }
        return array
    }

    /// `count` numbers at `key`.
    func numbers<Number: BitwiseCopyable>(
        _ key: String, _ type: ElementType, as number: Number.Type, count: Int
    ) throws(StoreError) -> [Number] {
        let array = try array(key, type, rank: 1)
        try expect(array.count == count, "\(key) has \(array.count) elements, not \(count)")
        return array.elements(as: number)
    }

    /// The one number at `key`.
    func number<Number: BitwiseCopyable>(
        _ key: String, _ type: ElementType, as number: Number.Type
    ) throws(StoreError) -> Number {
        try array(key, type, rank: 0).elements(as: number)[0]
    }

    /// The texts at `key`: `count` of them, or as many as there are.
    func texts(_ key: String, count: Int? = nil) throws(StoreError) -> [String] {
        let array = try array(key, .text, rank: 1)
        try expect(count == nil || array.count == count, "\(key) has \(array.count) elements, not \(count ?? 0)")
        return array.texts
    }

    /// The one text at `key`.
    func text(_ key: String) throws(StoreError) -> String {
        try array(key, .text, rank: 0).texts[0]
    }

    /// Throws damage with `reason` unless `condition`.
    func expect(_ condition: Bool, _ reason: @autoclosure () -> String) throws(StoreError) {
        if !condition { throw .damaged(path: path, reason: reason()) }
    }
}
