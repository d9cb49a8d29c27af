/// What a member of an input may be, as the service model declares it.
indirect enum InputShape: Sendable {
    /// Named members; what has another name is ignored.
    case structure([Member])
    /// Text of as many Unicode scalars as `length` allows, which `pattern` matches whole, and which is one of `values`
    /// where there are any.
    case text(length: ClosedRange<Int>, pattern: TextPattern? = nil, values: [String] = [])
    /// A number.
    case number(ClosedRange<Double>)
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// `true` or `false`.
    case boolean
    /// Bytes, written in base64.
    case blob(bytes: ClosedRange<Int>)
    /// Elements of one shape.
    case list(of: InputShape, count: ClosedRange<Int>)
    /// Texts by key.
    case map(key: InputShape, value: InputShape, count: ClosedRange<Int>)

    /// A member of a structure.
    struct Member: Sendable {
        /// Its name on the wire.
        let name: String
        let shape: InputShape
        let isRequired: Bool

        /// A member that must be there.
        static func required(_ name: String, _ shape: InputShape) -> Member {
            Member(name: name, shape: shape, isRequired: true)
        }

        /// A member that may be left out, or be `null`.
        static func optional(_ name: String, _ shape: InputShape) -> Member {
            Member(name: name, shape: shape, isRequired: false)
        }
    }
}

extension InputShape {
    /// One of these words.
    static func word(_ values: String...) -> InputShape { .text(length: 0...Int.max, values: values) }

    /// Text of `length`, which `pattern` matches whole.
    static func text(_ length: ClosedRange<Int>, _ pattern: TextPattern? = nil) -> InputShape {
        .text(length: length, pattern: pattern)
    }
}
