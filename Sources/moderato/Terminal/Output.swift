internal import Foundation

/// What is printed for other programs and for files: standard output.
enum Output {
    /// Standard output took no more: a full disk, most often.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Prints `text` and ends the line; unlike `print`, it says when the text does not arrive.
    static func print(_ text: String) throws(Failure) { try write(Data((text + "\n").utf8)) }

    /// Writes `data` as it stands.
    static func write(_ data: Data) throws(Failure) {
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            throw Failure(description: "cannot write to standard output" + (isFull ? ": the disk is full" : ""))
        }
    }

    /// Gives standard input, output and error to the null device where the caller closed them: the next file opened
    /// would take their place, and be printed into.
    static func holdStandardStreams() {
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
    }
}
