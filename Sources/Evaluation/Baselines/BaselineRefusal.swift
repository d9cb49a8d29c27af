internal import Moderation

/// Why nothing can be compared with a baseline.
public enum BaselineRefusal: Error, Equatable, CustomStringConvertible {
    /// It has another layout than this version reads.
    case layout(Int)
    /// It is of decisions at another threshold.
    case threshold(then: Double, now: Double)
    /// It has no test of the label in the split.
    case noTest(Baseline.Subject)
    /// It has no such adapter.
    case noAdapter(String, known: [String])
    /// Other images were tested, or other things are known of them.
    case images(shared: Int, added: Int, removed: Int, changedTruth: Int)
    /// The images are the same; their paths, groups, or division into repeats are not.
    case division
    /// Its lines do not fit what was tested, or the rates beside them.
    case altered

    public var description: String {
        switch self {
        case .layout(let layout): "it has layout \(layout), and this version reads \(Baseline.layout)"
        case .threshold(let then, let now):
            "it is of decisions at threshold \(text(then)), and the experiment's is \(text(now))"
        case .noTest(let subject): "it has no test of `\(subject.label)` in split `\(subject.split)`"
        case .noAdapter(let adapter, let known): "it has no adapter `\(adapter)`; known are \(Names.list(known))"
        case .images(let shared, let added, let removed, let changedTruth):
            "it is of other test images: \(shared) are shared, \(added) are new and \(removed) are gone"
                + (changedTruth > 0 ? "; of the shared ones, the truth of \(changedTruth) has changed" : "")
        case .division:
            "it is of the same test images, but their paths, their groups or their division into repeats have changed"
        case .altered: "its lines do not fit its tests or its rates: it was changed by hand, or merged"
        }
    }

    /// A threshold in percent as it was written.
    private func text(_ threshold: Double) -> String {
        Int(exactly: threshold).map(String.init) ?? String(threshold)
    }
}
