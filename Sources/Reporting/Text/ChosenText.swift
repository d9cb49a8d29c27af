internal import Evaluation

/// The hyperparameters chosen over repeats, in words: `strength 10 (12 of 20), 30 (8 of 20)`.
struct ChosenText {
    /// Empty where the recipe has no hyperparameters.
    let text: String

    /// Beyond this many values, their range says more than a list.
    private static let mostListed = 4

    init(_ chosen: [ChosenHyperparameters]) {
        let names = chosen.first?.values.map(\.name) ?? []
        let parts = names.map { name in
            let values = chosen.compactMap { repeated in repeated.values.first { $0.name == name }?.value }
            return "\(name) \(ChosenText.summary(values))"
        }
        text = parts.joined(separator: "; ")
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
