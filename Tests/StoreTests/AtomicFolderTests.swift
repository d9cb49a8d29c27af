import Foundation
import Testing

@testable import Store

/// A folder of files is there whole or not at all.
@Suite struct AtomicFolderTests {
    private let files = [(name: "a", bytes: Data("1".utf8)), (name: "b", bytes: Data("22".utf8))]

    @Test func aFolderIsMadeOnceAndRemovedWhole() throws {
        try withFolder { root in
            let folder = root.appending(path: "x/y/1")
            #expect(try AtomicFolder.write(files, to: folder))
            #expect(try Data(contentsOf: folder.appending(path: "b")) == Data("22".utf8))
            #expect(try !AtomicFolder.write([(name: "c", bytes: Data())], to: folder))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "b"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: root.path + "/x/y") == ["1"])
            try AtomicFolder.remove(folder)
            #expect(try FileManager.default.contentsOfDirectory(atPath: root.path + "/x/y").isEmpty)
            let error = #expect(throws: StoreError.self) { try AtomicFolder.remove(folder) }
            #expect(error?.path == folder.path)
        }
    }

    /// Nothing stands under the folder's name before all of it does, and a temporary is nobody's version.
    @Test func whatAFailureLeavesIsNothing() throws {
        try withFolder { (root: URL) throws in
            let folder = root.appending(path: "1")
            let impossible = [files[0], (name: "no/such/../../place/\u{0}", bytes: Data())]
            #expect(throws: StoreError.self) { try AtomicFolder.write(impossible, to: folder) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty)
        }
    }

    @Test func whatDeadWritersLeftIsSwept() throws {
        try withFolder { root in
            for name in ["3.tmp-1-2", "3.tmp-x", "last_number", "2"] {
                try FileManager.default.createDirectory(
                    at: root.appending(path: "\(name)/inside"), withIntermediateDirectories: true)
            }
            try AtomicFolder.sweep(root)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() == [
                    "2", "3.tmp-x", "last_number",
                ])
        }
    }
}
