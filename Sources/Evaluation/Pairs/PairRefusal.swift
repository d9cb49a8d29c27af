/// Why two models cannot be compared in pairs.
public enum PairRefusal: Error, Equatable, CustomStringConvertible {
    /// They decided on other labels.
    case labels(reference: String, subject: String)
    /// They were not tested on the same images.
    case images(onlyReference: Int, onlySubject: Int, shared: Int)
    /// So many of the same images are held to show the label by one, and not to show it by the other.
    case truth(images: Int)
    /// The images are the same, which of them belong together is not.
    case groups
    /// The images are the same, their division into repeats is not: so many repeats were each tested in.
    case repeats(reference: Int, subject: Int)
    /// There is no test at all.
    case noTests

    static func check(_ reference: TestErrors, _ subject: TestErrors) throws(PairRefusal) {
        guard reference.label == subject.label else {
            throw .labels(reference: "\(reference.label)", subject: "\(subject.label)")
        }
        if reference.images.map(\.digest) != subject.images.map(\.digest) {
            let (first, second) = (Set(reference.images.map(\.digest)), Set(subject.images.map(\.digest)))
            throw .images(
                onlyReference: first.subtracting(second).count, onlySubject: second.subtracting(first).count,
                shared: first.intersection(second).count)
        }
        let differing = zip(reference.images, subject.images).count { $0.isPresent != $1.isPresent }
        guard differing == 0 else { throw .truth(images: differing) }
        guard reference.images.map(\.group) == subject.images.map(\.group) else { throw .groups }
        guard !subject.repeats.isEmpty else { throw .noTests }
        let tests = { (errors: TestErrors) in errors.repeats.map { [$0.repetition] + $0.tested } }
        guard tests(reference) == tests(subject) else {
            throw .repeats(reference: reference.repeats.count, subject: subject.repeats.count)
        }
    }

    public var description: String {
        switch self {
        case .labels(let reference, let subject): "one decides on \(reference), the other on \(subject)"
        case .images(0, 0, let shared):
            "they were tested on the same \(shared) images, but in another order or more often"
        case .images(let onlyReference, let onlySubject, let shared):
            "they were not tested on the same images: both were on \(shared), and in some repeat one alone on \(onlyReference), the "
                + "other alone on \(onlySubject)"
        case .truth(let images):
            "they were tested on the same images, but the truth of \(images) of them differs"
        case .groups: "they were tested on the same images, but other ones belong together"
        case .repeats(let reference, let subject) where reference != subject:
            "they were tested on the same images, but in \(reference) repeats of the split and in \(subject)"
        case .repeats: "they were tested on the same images, but in other repetitions of the split"
        case .noTests: "neither was tested"
        }
    }
}
