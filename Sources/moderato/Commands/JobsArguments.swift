internal import ArgumentParser

/// How many threads compute.
struct JobsArguments: ParsableArguments {
    @Option(help: "Threads that compute at a time; the results do not depend on it.") var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1, given \(jobs)") }
    }
}
