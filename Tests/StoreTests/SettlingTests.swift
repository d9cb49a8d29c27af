import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

/// What was written without waiting for the device is settled, or looked at again.
@Suite struct SettlingTests {
    private let records = (0..<4).map { seed in
        TrialRecord.sample(seed: 50, images: 40, labels: 1).renamed(Digest(of: "trial \(seed)"))
    }
    private var ids: [Digest] { records.map(\.id) }

    @Test func aMarkStandsUntilTheBarrierOrTheEnd() throws {
        try withFolder { folder in
            do {
                let store = try TrialStore(folder: folder)
                #expect(marks(folder) == [])
                try store.write(records[0])
                try store.write(records[1])
                #expect(marks(folder).count == 1)
                try store.barrier()
                #expect(marks(folder) == [])
                try store.write(records[2])
                #expect(marks(folder).count == 1)
            }
            #expect(marks(folder) == [])
        }
    }

    /// What a power failure may leave under the name of a file that was not on the device yet.
    @Test(arguments: ["nothing", "zeros", "torn", "torn behind the seal", "other bytes"])
    func aPowerFailureIsNoticed(_ damage: String) throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            for record in records { try store.write(record) }
            try store.barrier()
            let file = store.file(of: ids[1])
            let good = try Data(contentsOf: file)
            let damaged: Data
            switch damage {
            case "nothing": damaged = Data()
            case "zeros": damaged = Data(repeating: 0, count: good.count)
            case "torn": damaged = good.prefix(4096)
            case "torn behind the seal": damaged = good.prefix(4096) + Data(repeating: 0, count: good.count - 4096)
            default: damaged = good.dropLast() + [good[good.count - 1] ^ 1]
            }
            try damaged.write(to: file)
            // The writer died, and did not come to taking its mark away.
            try Data().write(to: folder.appending(path: "unsettled/dead.lock"))
            let temporary = file.path + ".tmp-4194303-1"
            try Data("half".utf8).write(to: URL(filePath: temporary))

            let next = try TrialStore(folder: folder)
            #expect(next.removed.map(\.path) == [file.path])
            #expect(try next.finished(among: ids) == Set(ids).subtracting([ids[1]]))
            #expect(marks(folder) == [])
            #expect(!FileManager.default.fileExists(atPath: temporary))
            #expect(try next.write(records[1]) == .written)
            #expect(try Data(contentsOf: file) == good)
        }
    }

    @Test func theMarkOfALivingWriterIsLeftAlone() throws {
        try withFolder { folder in
            let writer = try TrialStore(folder: folder)
            try writer.write(records[0])
            let other = try TrialStore(folder: folder)
            #expect(other.removed == [] && marks(folder).count == 1)
        }
    }

    @Test func damagedHeadsAreNotBelievedAtAnyTime() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            for record in records { try store.write(record) }
            let good = try Data(contentsOf: store.file(of: ids[0]))
            let damaged = [Data(), Data(repeating: 0, count: good.count), good.dropLast(), good + [0]]
            for (bytes, id) in zip(damaged, ids) {
                try bytes.write(to: store.file(of: id))
                #expect(try !store.contains(id))
            }
            #expect(try store.finished(among: ids) == [])
        }
    }

    @Test func finishedAnswersOnlyToWhatIsAsked() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            #expect(try store.finished(among: ids) == [])
            for record in records { try store.write(record) }
            let stranger = Digest(of: "stranger")
            #expect(try store.finished(among: ids.dropLast() + [stranger]) == Set(ids.dropLast()))
        }
    }

    private func marks(_ folder: URL) -> [String] { files(below: folder).filter { $0.hasPrefix("unsettled/") } }
}
