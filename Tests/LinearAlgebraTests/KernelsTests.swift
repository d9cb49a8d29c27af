import Foundation
import LinearAlgebra
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Kernel policy")
struct KernelsTests {
    @Test("One thread, and the Haswell kernels where the CPU has AVX2 and FMA")
    func policy() throws {
        let policy = try Kernels.load()
        #expect(policy.threads == 1)
        #expect(policy.configuration.contains("OpenBLAS"))
        #expect(!policy.wasLoadedBefore)
        let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        if flags.contains(" avx2") && flags.contains(" fma") { #expect(policy.coreName == "Haswell") }
    }

    @Test(
        "The environment changes no bit",
        arguments: [["OPENBLAS_NUM_THREADS": "4", "OPENBLAS_CORETYPE": "SkylakeX"], ["OPENBLAS_NUM_THREADS": "2"]])
    func environmentChangesNothing(environment: [String: String]) async throws {
        let expected = productDigest()
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [environment] in
            unsetenv("OPENBLAS_CORETYPE")
            for (name, value) in environment { setenv(name, value, 1) }
            print("digest=\(productDigest())")
            #expect(getenv("OPENBLAS_CORETYPE").map { String(cString: $0) } == environment["OPENBLAS_CORETYPE"])
        }
        let said = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(said.contains("digest=\(expected)"))
    }

    @Test("A library that others loaded before is recorded as such")
    func loadedBefore() async {
        await #expect(processExitsWith: .success) {
            setenv("OPENBLAS_NUM_THREADS", "2", 1)
            #expect(dlopen("libopenblas.so.0", RTLD_NOW) != nil)
            let policy = try Kernels.load()
            #expect(policy.wasLoadedBefore && policy.threads == 1)
            #expect(policy.description.contains("loaded by others"))
        }
    }
}

/// A digest of the bits of products whose bits depend on kernels and threads.
private func productDigest() -> UInt64 {
    let matrix = randomMatrix(rows: 131, columns: 1031)
    let products = [matrix.gram(), matrix.times(transposed: matrix.selecting(rows: Array(7..<90)))]
    var hash: UInt64 = 0
    for value in products.flatMap(\.storage) { hash = hash &* 31 &+ UInt64(value.bitPattern) }
    for value in SymmetricMatrix(gramOf: matrix).diagonal { hash = hash &* 31 &+ value.bitPattern }
    return hash
}
