import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

/// `h5dump`, the HDF5 Group's own reader, sees the layout that `docs/store-layout.md` describes.
@Suite struct DumpTests {
    @Test func aTrialIsReadWhole() throws {
        let dump = try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 31, images: 20_000, labels: 1)
            try store.write(record)
            // Without -H all values are read, and with them every checksum.
            _ = try h5dump([store.file(of: record.id).path])
            return try h5dump(["-BpH", store.file(of: record.id).path])
        }
        #expect(dump.contains("USERBLOCK_SIZE 1024"))
        let scores = try block("DATASET \"adapter_scores\"", of: dump)
        for property in ["H5T_IEEE_F32LE", "( 20000 ) / ( 20000 )", "CHECKSUM FLETCHER32", "COMPRESSION DEFLATE"] {
            #expect(scores.contains(property), "\(property)")
        }
        let weights = try block("DATASET \"weights\"", of: dump)
        #expect(weights.contains("( 1, 1280 )") && weights.contains("CONTIGUOUS") && !weights.contains("DEFLATE"))
        #expect(try block("DATASET \"parts\"", of: dump).contains("H5T_STD_U8LE"))
        #expect(try block("ATTRIBUTE \"complete\"", of: dump).contains("STRSIZE H5T_VARIABLE"))
        #expect(try block("ATTRIBUTE \"complete\"", of: dump).contains("CSET H5T_CSET_UTF8"))
    }

    /// The dump from the line that begins the object `name` up to its closing brace.
    private func block(_ name: String, of dump: String) throws -> String {
        let lines = dump.split(separator: "\n")
        let start = try #require(lines.firstIndex { $0.contains(name) })
        let indentation = lines[start].prefix { $0 == " " }
        let end = try #require(lines[start...].firstIndex { $0 == "\(indentation)}" })
        return lines[start...end].joined(separator: "\n")
    }

    private func h5dump(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["h5dump"] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self)
    }
}
