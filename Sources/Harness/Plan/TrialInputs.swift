internal import Evaluation
internal import Foundation

/// What determines a trial's result, name by name: the members of its specification, and its determinants.
public struct TrialInputs: Sendable, Hashable {
    /// The members of the specification by path: `adapter.strength` is `[1,3]`.
    let specification: [String: String]
    /// The determinants by name.
    let determinants: [String: String]

    /// An input that differs between two trials.
    public struct Change: Sendable, Hashable {
        /// Path of the specification's member, or name of the determinant.
        public let name: String
        /// Its value in the other trial; `nil` where that has none.
        public let before: String?
        /// Its value in this trial; `nil` where it has none.
        public let now: String?
    }

    /// The inputs of a trial with this `specification`, a JSON text, and these `determinants`.
    init(specification: String, determinants: [TrialRecord.Determinant]) {
        let value = try? JSONSerialization.jsonObject(with: Data(specification.utf8))
        self.specification = TrialInputs.members(of: value ?? specification, at: "")
        self.determinants = Dictionary(determinants.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// The identity of the images.
    var images: String? { determinants["images"] }

    /// The inputs, but for those that say what computed: the versions and kernels of libraries.
    var withoutPlatform: TrialInputs {
        TrialInputs(
            specification: specification, determinants: determinants.filter { !Platform.names.contains($0.key) })
    }

    private init(specification: [String: String], determinants: [String: String]) {
        self.specification = specification
        self.determinants = determinants
    }

    /// What differs from `other`: members of the specification first, each in order of names.
    func changes(since other: TrialInputs) -> [Change] {
        TrialInputs.changes(from: other.specification, to: specification)
            + TrialInputs.changes(from: other.determinants, to: determinants)
    }

    /// How far `other` is: members of the specification that differ count before determinants, of which one change of a
    /// file moves several.
    func distance(to other: TrialInputs) -> Distance {
        Distance(
            specification: TrialInputs.changes(from: other.specification, to: specification).count,
            determinants: TrialInputs.changes(from: other.determinants, to: determinants).count)
    }

    /// How many inputs differ.
    struct Distance: Comparable {
        let specification: Int
        let determinants: Int

        static func < (left: Distance, right: Distance) -> Bool {
            (left.specification, left.determinants) < (right.specification, right.determinants)
        }
    }

    private static func changes(from before: [String: String], to now: [String: String]) -> [Change] {
        Set(before.keys).union(now.keys).sorted().filter { before[$0] != now[$0] }.map { name in
            Change(name: name, before: before[name], now: now[name])
        }
    }

    /// The members of a JSON `value` that are no objects, by path.
    private static func members(of value: Any, at path: String) -> [String: String] {
        guard let object = value as? [String: Any] else { return [path: text(of: value)] }
        return object.reduce(into: [:]) { members, member in
            let inner = path.isEmpty ? member.key : "\(path).\(member.key)"
            members.merge(self.members(of: member.value, at: inner)) { first, _ in first }
        }
    }

    private static func text(of value: Any) -> String {
        let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? JSONSerialization.data(withJSONObject: value, options: options) else { return "\(value)" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Trial {
    /// What determines its result.
    var inputs: TrialInputs { TrialInputs(specification: specification, determinants: determinants) }
}

extension TrialRecord {
    /// What determined its result.
    var inputs: TrialInputs { TrialInputs(specification: specification, determinants: determinants) }
}
