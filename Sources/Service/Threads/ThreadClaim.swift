internal import Foundation

/// How much of a busy core the calling thread gets.
enum ThreadClaim {
    /// Asks for a tenth of what other threads get of a core that they want too, and still for all of one that is idle.
    ///
    /// Linux keeps this number for each thread, not for the process.
    static func lower() {
        #if os(Linux)
            // The kernel's weights are 110 for 10 and 1024 for 0; refused or not, the work is done.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        #endif
    }
}
