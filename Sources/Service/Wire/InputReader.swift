internal import Foundation
internal import NIOCore

extension Input {
    /// The input of `operation` in `body`, a JSON object in UTF-8.
    ///
    /// - Throws: `.serialization` where that is not what `body` is, or a member has another type; `.invalidParameter` with
    ///   all that does not fit the shape; `.imageTooLarge`.
    init(_ body: Data, for operation: Operation) throws(ServiceError) {
        let shape = operation.input
        var checker = InputChecker()
        guard case .structure(let members) = try Self.value(of: body, shape) else {
            preconditionFailure("the input of \(operation.rawValue) is declared as no structure")
        }
        checker.check(.structure(members), shape)
        if let error = checker.error { throw error }
        self.init(members: members)
    }

    /// The input of `operation` in the body of a request.
    init(_ body: ByteBuffer, for operation: Operation) throws(ServiceError) {
        try self.init(Data(body.readableBytesView), for: operation)
    }

    private static func value(of body: Data, _ shape: InputShape) throws(ServiceError) -> InputValue {
        // JSON in UTF-16 or UTF-32, which decoders take, has a zero among its first bytes.
        guard !body.prefix(4).contains(0) else { throw notJSON }
        do {
            return try JSONDecoder().decode(InputValue.self, from: body, configuration: shape)
        } catch let error as DecodingError {
            throw Self.error(for: error)
        } catch {
            throw notJSON
        }
    }

    private static var notJSON: ServiceError { ServiceError(.serialization, "the body is not a JSON object in UTF-8") }

    private static func error(for error: DecodingError) -> ServiceError {
        switch error {
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            context.codingPath.isEmpty
                ? notJSON : ServiceError(.serialization, "\(place(context.codingPath)) is not \(phrase(for: type))")
        default: notJSON
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        InputPath(path.map { $0.intValue.map { "\($0 + 1).member" } ?? $0.stringValue }).quoted
    }

    private static func phrase(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Double.Type: "a number"
        case is Int.Type: "a whole number"
        case is Bool.Type: "true or false"
        case is Data.Type: "text in base64"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}
