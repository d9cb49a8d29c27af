public import ArgumentParser
internal import Foundation
public import Logging
public import Service

/// What `serve` grants its clients, and what it says of them.
struct ServingArguments: ParsableArguments {
    @Option(help: ArgumentHelp("How log lines are written.", valueName: "format"))
    var logFormat = LogFormat.text
    @Option(help: ArgumentHelp("The least severe that is logged.", valueName: "level"))
    var logLevel = Logger.Level.info
    @Option(
        help: ArgumentHelp(
            "Once asked to stop, how long what runs has to come to its end.", valueName: "seconds"))
    var grace = 25.0
    @Option(help: ArgumentHelp("The most connections at a time; more wait to be accepted.", valueName: "count"))
    var maxConnections = ServerLimits().connections
    @Option(help: ArgumentHelp("The most requests that wait for a thread; more are throttled.", valueName: "count"))
    var maxQueue = ServerLimits().queueLength
    @Option(
        help: ArgumentHelp(
            "How many images are moderated at a time; by default one for each core.", valueName: "count"))
    var detectionThreads: Int?
    @Option(help: ArgumentHelp("How long a client may take to send the head of a request.", valueName: "seconds"))
    var headTimeout = ServerLimits().headSeconds
    @Option(help: ArgumentHelp("How long a client may take to send a body.", valueName: "seconds"))
    var bodyTimeout = ServerLimits().bodySeconds
    @Option(help: ArgumentHelp("How long a connection may be without a request.", valueName: "seconds"))
    var idleTimeout = ServerLimits().idleSeconds

    func validate() throws {
        let counts = [
            ("max-connections", maxConnections), ("max-queue", maxQueue), ("detection-threads", detectionThreads ?? 1),
        ]
        for (name, value) in counts where !(1...1_000_000).contains(value) {
            throw ValidationError("--\(name) is a number from 1 to 1000000, given \(value)")
        }
        for (name, value) in [
            ("head-timeout", headTimeout), ("body-timeout", bodyTimeout), ("idle-timeout", idleTimeout),
        ]
        where !(0.1...86_400).contains(value) {
            throw ValidationError("--\(name) is a number of seconds from 0.1 to 86400, given \(value)")
        }
        guard (0...86_400).contains(grace) else {
            throw ValidationError("--grace is a number of seconds from 0 to 86400, given \(grace)")
        }
    }

    /// The log of the server.
    var logger: Logger {
        let handler = ServerLogHandler(format: logFormat, level: logLevel)
        return Logger(label: "moderato") { _ in handler }
    }

    /// Says what a person should know: a line for people, or one of the log's where that is for programs.
    func say(_ message: String) {
        if logFormat == .json { logger.notice("\(message)") } else { Talk.say(message) }
    }

    /// Puts all of it into `options`.
    func set(_ options: inout ServiceOptions) {
        options.graceSeconds = grace
        options.limits.connections = maxConnections
        options.limits.queueLength = maxQueue
        options.limits.headSeconds = headTimeout
        options.limits.bodySeconds = bodyTimeout
        options.limits.idleSeconds = idleTimeout
        if let detectionThreads { options.detectionThreads = detectionThreads }
    }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
