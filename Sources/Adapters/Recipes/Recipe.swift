/// A method and its hyperparameters, as an experiment file writes them: nothing is fitted yet.
///
/// Every hyperparameter is a list of values to select from, ascending and each once, a single value being a list of one;
/// those not given have their defaults: two recipes are equal where they mean the same.
public struct Recipe: Sendable, Equatable {
    /// The method.
    public let kind: Kind
    /// The values of each hyperparameter, in the order of the description.
    public let hyperparameters: [Values]

    /// The values of one hyperparameter.
    public struct Values: Sendable, Equatable {
        public let name: String
        public let values: [Double]
    }

    /// A recipe of `kind`; throws `.unknownHyperparameter` and `.valueNotAllowed`.
    public init(_ kind: Kind, _ given: [String: [Double]] = [:]) throws(AdapterError) {
        let described = kind.description.hyperparameters
        for name in given.keys.sorted() where !described.contains(where: { $0.name == name }) {
            throw .unknownHyperparameter(adapter: kind.rawValue, name: name, known: described.map(\.name))
        }
        var hyperparameters: [Values] = []
        for description in described {
            let values = given[description.name] ?? description.defaults
            guard description.allows(values) else {
                throw .valueNotAllowed(
                    adapter: kind.rawValue, name: description.name, values: values, allowed: description.allowed)
            }
            hyperparameters.append(Values(name: description.name, values: Set(values).sorted()))
        }
        self.kind = kind
        self.hyperparameters = hyperparameters
    }

    /// The values of the hyperparameter `name`.
    func values(of name: String) -> [Double] {
        guard let match = hyperparameters.first(where: { $0.name == name }) else {
            preconditionFailure("`\(name)` is none of the \(hyperparameters.count) hyperparameters of \(kind)")
        }
        return match.values
    }
}

extension Recipe {
    /// The registry of adapters.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case none, bias, platt, ridge, logistic, kernel, gda, cache, auto

        var adapter: any Adapter.Type {
            switch self {
            case .none: NoAdapter.self
            case .bias: Bias.self
            case .platt: Platt.self
            case .ridge: Ridge.self
            case .logistic: Logistic.self
            case .kernel: Kernel.self
            case .gda: Gda.self
            case .cache: Cache.self
            case .auto: Auto.self
            }
        }

        /// What the adapter is, its revision and its hyperparameters.
        public var description: AdapterDescription { adapter.description }

        /// Whether a head depends on the background, images that are neither trained on nor tested on.
        public var usesBackground: Bool { adapter.usesBackground }

        /// What computes a head, for a trial's identity: `ridge revision 2`; of an adapter that tries others, what these are
        /// and with which values they are tried.
        public var algorithm: String {
            let own = "\(rawValue) revision \(description.revision)"
            guard self == .auto else { return own }
            let tried = Auto.tried.map { kind in
                let values = kind.description.hyperparameters.map { "\($0.name) \($0.defaults)" }
                return ([kind.algorithm] + values).joined(separator: " ")
            }
            return ([own] + tried).joined(separator: ", ")
        }
    }
}
