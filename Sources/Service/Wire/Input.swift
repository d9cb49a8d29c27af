internal import Harness

/// What an operation is given: the members of a JSON object whose shape was checked, so that a member that is there has
/// the type, the length and the form that the service model asks for.
struct Input: Sendable {
    /// The members.
    let value: JSONValue

    /// The structure `name`, where it is there.
    subscript(name: String) -> Input? { value[name].map(Input.init(value:)) }

    /// The text `name`, where it is there.
    func text(_ name: String) -> String? { value[name]?.text }

    /// The number `name`, where it is there.
    func number(_ name: String) -> Double? { value[name]?.number }

    /// The whole number `name`, where it is there.
    func integer(_ name: String) -> Int? { value[name]?.number.map { Int($0) } }

    /// The truth value `name`, where it is there.
    func boolean(_ name: String) -> Bool? { if case .boolean(let value) = value[name] { value } else { nil } }

    /// The elements of the list `name`; none where it is not there.
    func list(_ name: String) -> [Input] {
        if case .list(let values) = value[name] { values.map(Input.init(value:)) } else { [] }
    }

    /// The texts of the list `name`; `nil` where it is not there.
    func texts(_ name: String) -> [String]? {
        if case .list(let values) = value[name] { values.compactMap(\.text) } else { nil }
    }

    /// The texts of the map `name`, by key; none where it is not there.
    func map(_ name: String) -> [String: String] {
        if case .object(let members) = value[name] { members.compactMapValues(\.text) } else { [:] }
    }
}
