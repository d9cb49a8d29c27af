/// Why two models cannot be compared in pairs.
public enum PairRefusal: Error, Equatable, CustomStringConvertible {
    /// They decided on other labels.
    case labels(reference: String, subject: String)
    /// They were not tested on the same images, or not with the same truth.
    case images(onlyReference: Int, onlySubject: Int, shared: Int)
    /// The images are the same, their division into repeats is not.
    case repeats
    /// There is no test at all.
    case noTests

    static func check(_ reference: TestErrors, _ subject: TestErrors) throws(PairRefusal) {
        guard reference.label == subject.label else {
            throw .labels(reference: "\(reference.label)", subject: "\(subject.label)")
        }
        if reference.images != subject.images {
            let (first, second) = (Set(reference.images), Set(subject.images))
            throw .images(
                onlyReference: first.subtracting(second).count, onlySubject: second.subtracting(first).count,
                shared: first.intersection(second).count)
        }
        guard !subject.repeats.isEmpty else { throw .noTests }
        let tests = { (errors: TestErrors) in errors.repeats.map { [$0.repetition] + $0.tested } }
        guard tests(reference) == tests(subject) else { throw .repeats }
    }

    public var description: String {
        switch self {
        case .labels(let reference, let subject): "one decides on \(reference), the other on \(subject)"
        case .images(let onlyReference, let onlySubject, let shared):
            "they were not tested on the same images: \(shared) are shared, \(onlyReference) and \(onlySubject) are of one alone"
        case .repeats: "they were tested on the same images, but in other repetitions of the split"
        case .noTests: "neither was tested"
        }
    }
}
