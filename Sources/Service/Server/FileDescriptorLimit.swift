internal import Foundation

/// How many files, sockets among them, the process may have open.
enum FileDescriptorLimit {
    /// What is kept for all that is no client's connection: images, models, buckets, the log.
    private static let reserve = 256

    /// Raises the limit as far as the process may, and says how many connections there can then be.
    static func raised() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 - reserve }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let most = Int(min(limit.rlim_cur, rlim_t(Int32.max)))
        // Where there are very few, half of them.
        return max(most - reserve, most / 2)
    }
}
