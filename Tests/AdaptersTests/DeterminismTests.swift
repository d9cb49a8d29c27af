import Foundation
import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

@Suite("Determinism")
struct DeterminismTests {
    @Test("The environment changes no bit of a fit", arguments: ["1", "2", "4"], ["", "SkylakeX"])
    func environmentChangesNothing(threads: String, core: String) async throws {
        let expected = try fitDigest()
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [threads, core] in
            setenv("OPENBLAS_NUM_THREADS", threads, 1)
            if core.isEmpty { unsetenv("OPENBLAS_CORETYPE") } else { setenv("OPENBLAS_CORETYPE", core, 1) }
            print("digest=\(try fitDigest())")
        }
        let said = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(said.contains("digest=\(expected)"))
    }
}

/// A digest of the bits of a head and of out-of-fold scores of every adapter.
private func fitDigest() throws -> UInt64 {
    var hash: UInt64 = 0
    for rows in [sampleRows(count: 60, dimensions: 101), sampleRows(count: 90)] {
        for kind in Recipe.Kind.allCases {
            let fit = try Recipe(kind).fit(rows, threshold: half, seed: Seed(1))
            for value in fit.outOfFoldScores + fit.head.arrays.flatMap(\.values.storage) {
                hash = hash &* 31 &+ UInt64(value.bitPattern)
            }
        }
    }
    return hash
}
