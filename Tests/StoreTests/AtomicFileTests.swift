import Foundation
import Testing

@testable import Store

@Suite struct AtomicFileTests {
    @Test func writesAndReplacesAndMakesFolders() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a/b/ç.md")
            for text in ["first", "second, longer", ""] {
                try AtomicFile.write(Data(text.utf8), to: file)
                #expect(try String(contentsOf: file, encoding: .utf8) == text)
            }
            #expect(files(below: folder) == ["a/b/ç.md"])
        }
    }

    /// Neither the file nor its temporary is ever readable by others: the mode is that of the file's creation.
    @Test func aSecretIsItsOwnersAlone() throws {
        try withFolder { folder in
            for (name, mode) in [("plain", 0o644), ("secret", 0o600)] {
                let file = folder.appending(path: name)
                try AtomicFile.write(Data("text".utf8), to: file, isSecret: name == "secret")
                let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode, "\(name)")
            }
        }
    }

    @Test func aFolderInTheWayIsNamed() throws {
        try withFolder { folder in
            let file = folder.appending(path: "report.md")
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            let error = #expect(throws: StoreError.self) { try AtomicFile.write(Data("text".utf8), to: file) }
            #expect(
                error?.description
                    == "cannot write \(file.path): a folder stands where a file should be; move it away")
            #expect(files(below: folder) == ["report.md"])
        }
    }

    /// Linux says of a folder in /proc that it is missing, although the one above it is there.
    @Test func aFolderThatNobodyCanMakeIsNamed() throws {
        let error = #expect(throws: StoreError.self) {
            try AtomicFile.write(Data("text".utf8), to: URL(filePath: "/proc/moderato/report.md"))
        }
        #expect(error?.description.contains("/proc") == true, "\(String(describing: error))")
    }

    @Test func aFileInTheWayIsNamed() throws {
        try withFolder { folder in
            let file = folder.appending(path: "trials")
            try Data().write(to: file)
            let error = #expect(throws: StoreError.self) {
                try AtomicFile.write(Data("text".utf8), to: file.appending(path: "ab/report.md"))
            }
            #expect(error?.description.contains("a file stands where a folder should be") == true)
        }
    }

    @Test func sweepsTheDeadAndSparesTheLiving() throws {
        try withFolder { folder in
            let dead = folder.appending(path: "a.h5.tmp-4194303-1")
            let bystanders = ["a.h5", "1.tmp", "a.h5.tmp-x-1", "a.h5.tmp-1-1.txt"]
            try Data("half".utf8).write(to: dead)
            for name in bystanders { try Data().write(to: folder.appending(path: name)) }
            let living = try TemporaryFile(for: folder.appending(path: "b.h5").path)
            try AtomicFile.sweep(folder)
            let left = files(below: folder)
            #expect(left.filter { !$0.hasPrefix("b.h5.tmp-") } == bystanders.sorted())
            #expect(left.count == bystanders.count + 1)
            try living.synchronize()
        }
    }

    /// The number in a dead writer's name may be that of a living process by now: here, of this one.
    @Test func aUsedProcessNumberSparesNothing() throws {
        try withFolder { folder in
            try Data().write(to: folder.appending(path: "a.h5.tmp-\(getpid())-0"))
            try AtomicFile.sweep(folder)
            #expect(files(below: folder) == [])
        }
    }

    @Test func aTemporaryThatWasNotPutInPlaceIsRemoved() throws {
        try withFolder { folder in
            do {
                let temporary = try TemporaryFile(for: folder.appending(path: "a.h5").path)
                #expect(files(below: folder).count == 1)
                try temporary.synchronize()
            }
            #expect(files(below: folder) == [])
        }
    }

    @Test func sweepingAFolderThatIsNotThereIsNoError() throws {
        try AtomicFile.sweep(URL(filePath: "/nowhere/at/all"))
    }
}
