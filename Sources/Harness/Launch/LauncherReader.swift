public import Foundation
public import Moderation

extension LauncherFile {
    /// Reads the launcher in `file`.
    ///
    /// - Throws: `Findings`, every one of them, each with its place.
    public static func read(_ file: URL) throws(Findings) -> Launcher {
        let document = try Document(try TextFile.read(file), file: TextFile.name(of: file))
        var reader = LauncherReader(root: document.root)
        let launcher = reader.read()
        guard reader.findings.isEmpty else { throw Findings(reader.findings) }
        return launcher
    }
}

/// Reads a launcher, going on after each finding so that all are found.
private struct LauncherReader {
    let root: YAMLValue
    private(set) var findings: [Finding] = []

    /// Options that moderato sets itself: with others of the kind it would not find its tasks again.
    private static let ownOptions = [
        "--array", "--chdir", "--clusters", "--error", "--job-name", "--output", "--parsable", "--wait", "--wrap",
    ]

    init(root: YAMLValue) {
        self.root = root
    }

    mutating func read() -> Launcher {
        var checker = ShapeChecker()
        checker.check(root, LauncherFile.shape, name: "")
        findings += checker.findings
        checkTime()
        checkMemory()
        checkExtra()
        return Launcher(
            options: options, trialsPerTask: root["trials_per_task"]?.integer ?? LauncherFile.standardTrialsPerTask,
            arrayThrottle: root["array_throttle"]?.integer,
            retries: root["retries"]?.integer ?? LauncherFile.standardRetries,
            setup: texts(under: "setup"), program: root["program"]?.text)
    }

    private var options: [String] {
        let named = [("partition", "partition"), ("account", "account"), ("time", "time"), ("memory", "mem")]
            .compactMap { key, option in root[key]?.text.map { "--\(option)=\($0)" } }
        let cores = "--cpus-per-task=\(root["cpus_per_task"]?.integer ?? 1)"
        return named + [cores] + texts(under: "extra")
    }

    private func texts(under key: String) -> [String] { root[key]?.elements.compactMap(\.text) ?? [] }

    /// The formats of sbatch's `--time`.
    private mutating func checkTime() {
        guard let value = root["time"], let text = value.text, !text.isEmpty else { return }
        let isTime = text.wholeMatch(of: #/\d+(:\d\d?){0,2}|\d+-\d\d?(:\d\d?){0,2}/#) != nil
        guard !isTime || text.allSatisfy({ "0:-".contains($0) }) else { return }
        findings.append(
            Finding(
                "`time` is minutes, hours:minutes:seconds or days-hours:minutes:seconds, above 0, given \(value.given)",
                at: value.place, hint: "`time: 30` is half an hour, `time: 2-0` two days"))
    }

    /// The formats of sbatch's `--mem`.
    private mutating func checkMemory() {
        guard let value = root["memory"], let text = value.text, !text.isEmpty else { return }
        guard text.wholeMatch(of: #/\d+[KMGT]?/#) == nil else { return }
        findings.append(
            Finding(
                "`memory` is a whole number with K, M, G or T after it, given \(value.given)", at: value.place,
                hint: "`memory: 4G` is four gigabytes; without a letter they are megabytes"))
    }

    private mutating func checkExtra() {
        for value in root["extra"]?.elements ?? [] {
            guard let text = value.text, !text.isEmpty else { continue }
            let name = String(text.prefix { $0 != "=" })
            if !name.hasPrefix("--") || name.contains(" ") {
                findings.append(
                    Finding(
                        "an element of `extra` is one option of sbatch in its long form, given \(value.given)",
                        at: value.place, hint: "such as `--qos=low` or `--exclude=node7`"))
            } else if Self.ownOptions.contains(name) {
                findings.append(Finding("`\(name)` is set by moderato itself", at: value.place))
            }
        }
    }
}
