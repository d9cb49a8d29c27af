internal import COpenBLAS
internal import Synchronization

/// The one door to OpenBLAS: opened once, at the first product or at `load()`, under the kernel policy.
///
/// Results of OpenBLAS differ in the last bits between core types and between one thread and two, and both are read
/// from the environment while the library loads. So the library is opened at run time with both fixed: bits do not
/// depend on the user's environment, and no process has to start itself again.
public enum Kernels {
    /// Which kernels compute.
    public enum Choice: Sendable {
        /// The same on every x86 CPU with AVX2 and FMA: the same bits everywhere.
        case reproducible
        /// The fastest that the library knows for this CPU: other bits on another kind of CPU.
        case native
    }

    private static let choice = Mutex(Choice.reproducible)
    private static let opened: Result<KernelPolicy, LinearAlgebraError> = policy(
        of: moderato_blas_open(choice.withLock { $0 } == .native))

    /// Says which kernels are to compute. A program calls it at its start: once the library is open, this changes nothing,
    /// and `load()` says what computes.
    public static func choose(_ kernels: Choice) {
        choice.withLock { $0 = kernels }
    }

    /// Opens OpenBLAS unless it is open, and answers what computes. A program calls it at its start, before it makes
    /// threads, so that a missing library is an error message; without that, the first product stops the program.
    @discardableResult
    public static func load() throws(LinearAlgebraError) -> KernelPolicy {
        try opened.get()
    }

    /// Every product goes through here.
    static func require() {
        if case .failure(let error) = opened { preconditionFailure("\(error)") }
    }

    private static func policy(of report: moderato_blas_report) -> Result<KernelPolicy, LinearAlgebraError> {
        let message = text(report.message)
        switch report.status {
        case MODERATO_BLAS_MISSING:
            return .failure(.libraryMissing(reason: message))
        case MODERATO_BLAS_INCOMPLETE:
            return .failure(.libraryUnfit(reason: "its library lacks `\(message)`; run `make setup`"))
        case MODERATO_BLAS_OPENMP:
            let hint = "select libopenblas0-pthread with update-alternatives"
            return .failure(.libraryUnfit(reason: "`\(message)` is the OpenMP build; \(hint)"))
        default:
            return verified(report)
        }
    }

    private static func verified(_ report: moderato_blas_report) -> Result<KernelPolicy, LinearAlgebraError> {
        let asked = text(report.asked_core)
        let policy = KernelPolicy(
            coreName: text(report.core), isNative: choice.withLock { $0 } == .native, threads: Int(report.threads),
            configuration: text(report.configuration), wasLoadedBefore: report.was_loaded)
        if policy.threads != 1 {
            return .failure(.libraryUnfit(reason: "it uses \(policy.threads) threads where 1 was asked for"))
        }
        if !asked.isEmpty && policy.coreName != asked && !policy.wasLoadedBefore {
            return .failure(.libraryUnfit(reason: "it runs \(policy.coreName) kernels where \(asked) was asked for"))
        }
        return .success(policy)
    }

    /// The text of a C array of characters that ends with a zero.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
