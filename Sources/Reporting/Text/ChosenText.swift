internal import Evaluation

/// The hyperparameters chosen over repeats, in words: `strength 10 (12 of 20), 30 (8 of 20)`.
struct ChosenText {
    /// Empty where the recipe has no hyperparameters.
    let text: String

    /// Beyond this many values, their range says more than a list.
    private static let mostListed = 4

    init(_ chosen: [ChosenHyperparameters]) {
        let adapters = chosen.compactMap(\.adapter)
        guard adapters.isEmpty else {
            text = ChosenText.counts(of: adapters)
            return
        }
        let names = chosen.first?.values.map(\.name) ?? []
        let parts = names.map { name in
            let values = chosen.compactMap { repeated in repeated.values.first { $0.name == name }?.value }
            return "\(name) \(ChosenText.summary(values))"
        }
        text = parts.joined(separator: "; ")
    }

    /// How often each of several adapters was chosen, the most frequent first.
    private static func counts(of adapters: [String]) -> String {
        let counts = Dictionary(grouping: adapters) { $0 }.mapValues(\.count)
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { adapter, count in
            (adapter == "none" ? "the base" : adapter) + (adapters.count > 1 ? " (\(count) of \(adapters.count))" : "")
        }.joined(separator: ", ")
    }

    private static func summary(_ values: [Double]) -> String {
        let sorted = values.sorted()
        let distinct = sorted.indices.filter { $0 == 0 || sorted[$0 - 1] != sorted[$0] }.map { sorted[$0] }
        if distinct.count == 1 { return number(distinct[0]) }
        if distinct.count > mostListed, let least = sorted.first, let most = sorted.last {
            return "\(number(least)) to \(number(most)), median \(number(sorted[sorted.count / 2]))"
        }
        return distinct.map { value in
            "\(number(value)) (\(values.count { $0 == value }) of \(values.count))"
        }.joined(separator: ", ")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
}
