/// How products are computed in this process: what determines their last bits besides their operands.
public struct KernelPolicy: Sendable, Equatable, CustomStringConvertible {
    /// The core type whose kernels run: `Haswell` on every x86 CPU with AVX2 and FMA, unless native ones were chosen.
    public let coreName: String
    /// Whether the kernels are the fastest for this CPU rather than the same everywhere.
    public let isNative: Bool
    /// Threads that one product uses: always 1; parallelism is over trials.
    public let threads: Int
    /// Version and build options of OpenBLAS, in its own words.
    public let configuration: String
    /// Name and version of the library: `OpenBLAS 0.3.21`.
    public var version: String { configuration.split(separator: " ").prefix(2).joined(separator: " ") }
    /// Something else in this process had loaded OpenBLAS before, so its core type was not ours to choose.
    public let wasLoadedBefore: Bool

    /// One line for a log or a record.
    public var description: String {
        "\(configuration), \(isNative ? "native " : "")\(coreName) kernels, \(threads) thread"
            + (wasLoadedBefore ? ", loaded by others" : "")
    }
}
