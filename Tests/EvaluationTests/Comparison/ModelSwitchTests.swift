import Moderation
import Testing

@testable import Evaluation

/// A switch between adapters on counts that are chosen, and so every verdict.
@Suite("A switch from one adapter to another")
struct ModelSwitchTests {
    private typealias Change = SyntheticExperiment.Change

    private func change(
        _ images: SyntheticExperiment, from old: Change, to new: Change, margins: (Double, Double) = (0.05, 0.05)
    ) throws -> ModelSwitch {
        try ModelSwitch(
            from: images.records(["old": old])[0], to: images.records(["new": new])[0],
            margins: ByErrorKind { $0 == .falseNegatives ? margins.0 : margins.1 })
    }

    private static let many = SyntheticExperiment(present: 400, missed: 200, absent: 600, alarms: 100)
    private static let few = SyntheticExperiment(present: 12, missed: 6, absent: 12, alarms: 4)

    @Test("passes where many images show no change")
    func passes() throws {
        let change = try change(Self.many, from: .init(fixedMisses: 50), to: .init(fixedMisses: 50))
        #expect(change.judgements.map(\.beside.verdict) == [.pass, .pass])
        #expect(change.verdict == .pass)
        #expect(change.judgements.map(\.kind) == [.falseNegatives, .falsePositives])
    }

    @Test("fails where one kind of error is surely worse")
    func fails() throws {
        let change = try change(Self.many, from: .init(fixedMisses: 150), to: .nothing)
        #expect(change.judgements.map(\.beside.verdict) == [.fail, .pass])
        #expect(change.verdict == .fail)
        // 50 and 200 of 400 images are missed.
        #expect(change.judgements[0].beside.estimate.value == 0.375)
        #expect(
            try self.change(Self.many, from: .init(fixedMisses: 150), to: .nothing, margins: (0.5, 0.05)).verdict
                == .pass)
    }

    @Test("is inconclusive where few images show no change, or a change within chance")
    func isInconclusive() throws {
        #expect(try change(Self.few, from: .nothing, to: .nothing).verdict == .inconclusive)
        let slight = try change(Self.many, from: .init(fixedMisses: 50), to: .init(fixedMisses: 35))
        #expect(slight.judgements.map(\.beside.verdict) == [.inconclusive, .pass])
        #expect(slight.verdict == .inconclusive)
        let wide = try change(Self.few, from: .nothing, to: .nothing, margins: (0.6, 0.6))
        #expect(wide.verdict == .pass)
    }

    @Test("is inconclusive where no image could show an error")
    func needsImages() throws {
        let change = try change(
            SyntheticExperiment(present: 400, missed: 100, absent: 0, alarms: 0), from: .nothing, to: .nothing)
        #expect(change.judgements.map(\.beside.verdict) == [.pass, .inconclusive])
        #expect(change.judgements[1].beside.missing == .noImages)
    }

    @Test("tells each adapter beside its own base model")
    func comparesWithTheBases() throws {
        let old = Self.many.records(["old": .init(fixedMisses: 20, newAlarms: 3)])[0]
        var better = Self.many
        better.missed = 120
        let new = better.records(["new": .init(fixedMisses: 30)])[0]
        let change = try ModelSwitch(from: old, to: new, margins: ByErrorKind { _ in 0.05 })
        let (misses, alarms) = (change.judgements[0], change.judgements[1])
        #expect([misses.old, misses.new].map(\.cells.baseErrors) == [200, 120])
        #expect([misses.old, misses.new].map(\.cells.adapterErrors) == [180, 90])
        #expect([alarms.old, alarms.new].map(\.cells.adapterErrors) == [103, 100])
        #expect(misses.new.improvement.value == 0.25)
        #expect(misses.beside.estimate.value == -90.0 / 400)
        // The old one misses images 20 to 199, the new one 30 to 119.
        #expect([misses.change.cells.fixed, misses.change.cells.broken] == [90, 0])
    }

    @Test("knows images by their bytes, whatever paths and groups they have now")
    func findsImagesAgain() throws {
        let old = Self.many.records(["old": .nothing])[0]
        let renamed = TrialRecord(
            id: old.id, specification: old.specification, determinants: [], adapter: "new", repetition: 0,
            thresholdConfidence: 50,
            images: old.images.map { .init(digest: $0.digest, path: "test/" + $0.path, group: "test/" + $0.group) },
            parts: old.parts, labels: old.labels)
        #expect(try ModelSwitch(from: old, to: renamed, margins: ByErrorKind { _ in 0.05 }).verdict == .pass)
    }

    @Test("is refused where the test images are others")
    func needsTheSameImages() {
        var fewer = Self.many
        fewer.absent -= 1
        let records = (Self.many.records(["old": .nothing])[0], fewer.records(["new": .nothing])[0])
        #expect(throws: PairRefusal.self) {
            try ModelSwitch(from: records.0, to: records.1, margins: ByErrorKind { _ in 0.05 })
        }
    }
}
