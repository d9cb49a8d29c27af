internal import Evaluation
internal import Moderation

/// A learning curve in words: its sizes, and how many images each adapter needs.
struct CurveText {
    private let curve: LearningCurve

    init(_ curve: LearningCurve) { self.curve = curve }

    /// Each size once, by rising number of images; its counts are those of the first adapter that has it.
    var sizes: [CurvePoint] {
        let points = curve.adapters.flatMap(\.points)
        let distinct = points.indices.filter { index in
            !points[..<index].contains { $0.requested == points[index].requested }
        }
        return distinct.map { points[$0] }.sorted { $0.requested < $1.requested }
    }

    /// A number of images, marked where these are all there are.
    static func count(_ value: Double, _ isAll: Bool, repeats: Int) -> String {
        let count = NumberText.count(value, repeats: repeats)
        return isAll ? "all there are (\(count))" : count
    }

    /// A sentence for each adapter on how many images it needs to make fewer errors of `kind`.
    func answers(_ kind: ErrorKind) -> [String] {
        curve.adapters.map { "`\($0.adapter)`: \(CurveText.answer($0, kind))" }
    }

    private static func answer(_ adapter: AdapterCurve, _ kind: ErrorKind) -> String {
        let needed = adapter.imagesNeeded[kind]
        guard let last = adapter.points.last else { return "not measured" }
        guard let first = needed.aboveZero else {
            return "an improvement beyond chance is not reached with \(images(last)) (\(change(last, kind)))"
        }
        let before = first > 0 ? adapter.points[first - 1] : nil
        let parts = [
            "the interval lies above 0 from \(images(adapter.points[first])) on (\(change(adapter.points[first], kind)))"
                + (before.map { ", not yet with \(images($0)) (\(change($0, kind)))" } ?? ", the smallest size measured"),
            harm(adapter, kind, first), most(adapter, kind, first),
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    /// From where on the other kind of error is not traded for it, where that is later than `first`.
    private static func harm(_ adapter: AdapterCurve, _ kind: ErrorKind, _ first: Int) -> String? {
        let promise = "no more \(kind.other.name) than the base model on average"
        guard let harmless = adapter.imagesNeeded[kind].harmless else {
            return "\(promise): not reached (\(kind.other.abbreviation) "
                + "\(adapter.points.last.map { change($0, kind.other) } ?? "") at the largest size)"
        }
        return harmless > first ? "\(promise) from \(images(adapter.points[harmless])) on" : promise
    }

    private static func most(_ adapter: AdapterCurve, _ kind: ErrorKind, _ first: Int) -> String? {
        guard let most = adapter.imagesNeeded[kind].mostOfFull, most > first else { return nil }
        let share = NumberText.wholeShare(ImagesNeeded.shareOfFull)
        return "\(share) of the improvement at the largest size takes \(images(adapter.points[most]))"
    }

    private static func change(_ point: CurvePoint, _ kind: ErrorKind) -> String {
        point.improvement[kind].measurement.map(NumberText.change) ?? "undefined"
    }

    /// `20.0 images with the label and all 598.1 without`.
    private static func images(_ point: CurvePoint) -> String {
        let count = { (value: Double, isAll: Bool) in
            (isAll ? "all " : "") + NumberText.count(value, repeats: point.repeats)
        }
        return "\(count(point.positives, point.hasAllPositives)) images with the label and "
            + "\(count(point.negatives, point.hasAllNegatives)) without"
    }
}
