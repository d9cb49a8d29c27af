internal import Moderation

/// The subjects of one label, sorted into sets of which any two members can be compared.
struct ModelSets {
    /// The largest set, the first of equals; empty where no subject was tested.
    let compared: [TestedSubject]
    /// The others, those with one reason together.
    let refusals: [ModelRefusal]

    /// Sorts `subjects`, which all decide on `label`.
    init(_ subjects: [TestedSubject], label: Label) {
        var sets: [[TestedSubject]] = []
        for subject in subjects {
            let own = sets.firstIndex { ModelRefusal.cause($0[0], subject) == nil }
            if let own { sets[own].append(subject) } else { sets.append([subject]) }
        }
        // Models without any test are apart from everything, one another too.
        let tested = sets.filter { !$0[0].errors.repeats.isEmpty && !$0[0].errors.images.isEmpty }
        let largest = tested.map(\.count).max()
        compared = tested.first { $0.count == largest } ?? []
        let names = Set(compared.map(\.name))
        refusals = ModelSets.refusals(
            subjects.filter { !names.contains($0.name) }, reference: compared.first ?? subjects.first, label: label)
    }

    private static func refusals(
        _ subjects: [TestedSubject], reference: TestedSubject?, label: Label
    ) -> [ModelRefusal] {
        guard let reference else { return [] }
        let causes = subjects.map { subject in
            (
                name: subject.name,
                why: ModelRefusal.cause(reference, subject) ?? (.noTests, PairRefusal.noTests.description)
            )
        }
        return causes.grouped { $0.why.reason }.map { group in
            ModelRefusal(
                label: label, models: group.map(\.name), reference: reference.name, cause: group[0].why.cause,
                reason: group[0].why.reason)
        }
    }
}
