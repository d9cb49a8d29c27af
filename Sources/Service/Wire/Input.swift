internal import Foundation
internal import Harness

/// What an operation is given: the members of a JSON object whose shape was checked, so that a member that is there has
/// the type, the length and the form that the service model asks for.
struct Input: Sendable {
    private let members: [String: InputValue]

    init(members: [String: InputValue]) { self.members = members }

    /// The input as it came, but for members that the operation does not have.
    var json: JSONValue { InputValue.structure(members).json }

    /// The structure `name`, where it is there.
    subscript(name: String) -> Input? {
        if case .structure(let members) = members[name] { Input(members: members) } else { nil }
    }

    /// The text `name`, where it is there.
    func text(_ name: String) -> String? { members[name]?.text }

    /// The text `name`, which the shape of the operation requires.
    func required(_ name: String) throws(ServiceError) -> String {
        guard let text = text(name) else { throw ServiceError(.invalidParameter, "\(name) is required") }
        return text
    }

    /// The bytes `name`, decoded, where they are there.
    func bytes(_ name: String) -> [UInt8]? { if case .blob(let bytes) = members[name] { bytes } else { nil } }

    /// The number `name`, where it is there.
    func number(_ name: String) -> Double? { if case .number(let value) = members[name] { value } else { nil } }

    /// The whole number `name`, where it is there.
    func integer(_ name: String) -> Int? { if case .integer(let value) = members[name] { value } else { nil } }

    /// The truth value `name`, where it is there.
    func boolean(_ name: String) -> Bool? { if case .boolean(let value) = members[name] { value } else { nil } }

    /// The structures of the list `name`; none where it is not there.
    func list(_ name: String) -> [Input] {
        guard case .list(let values) = members[name] else { return [] }
        return values.compactMap { if case .structure(let members) = $0 { Input(members: members) } else { nil } }
    }

    /// The texts of the list `name`; `nil` where it is not there.
    func texts(_ name: String) -> [String]? {
        if case .list(let values) = members[name] { values.compactMap(\.text) } else { nil }
    }

    /// The texts of the map `name`, by key; none where it is not there.
    func map(_ name: String) -> [String: String] {
        if case .map(let entries) = members[name] { entries.compactMapValues(\.text) } else { [:] }
    }
}

extension InputValue {
    /// The value as JSON.
    fileprivate var json: JSONValue {
        switch self {
        case .structure(let members), .map(let members): .object(members.mapValues(\.json))
        case .text(let text): .text(text)
        case .number(let number): .number(number)
        case .integer(let number): .integer(number)
        case .boolean(let value): .boolean(value)
        case .blob(let bytes): .text(Data(bytes).base64EncodedString())
        case .list(let values): .list(values.map(\.json))
        }
    }

    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}
