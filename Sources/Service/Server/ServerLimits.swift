/// What a server grants its clients before it gives up on them.
public struct ServerLimits: Sendable {
    /// The most connections at a time; more wait to be accepted. Fewer, where the process may not open so many files.
    public var connections = 4096
    /// From connecting to the end of the first request's head, in seconds.
    public var headSeconds = 20.0
    /// From the end of a request's head to the end of its body, in seconds.
    public var bodySeconds = 60.0
    /// From an answer to the end of the next request's head, in seconds.
    public var idleSeconds = 75.0
    /// From the end of an answer until the client has taken all of it, in seconds.
    public var answerSeconds = 60.0
    /// How long a connection is held open for a client to read the last answer and to close, in seconds.
    public var farewellSeconds = 2.0
    /// The bytes of all bodies that are read, wait or are worked on.
    public var bytesInFlight = 512 << 20
    /// How many requests may wait for each kind of thread.
    public var queueLength = 512
    /// How long a request may wait for a thread, in seconds: its client has mostly given up by then.
    public var queueSeconds = 30.0
    /// How long a request of a client that has closed its side may wait, in seconds.
    public var abandonedSeconds = 1.0

    public init() {}
}
