internal import ArgumentParser
internal import Harness

/// `moderato adapter delete`: removes versions, after asking.
struct AdapterDeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a version of an adapter, or all of them, after asking.",
        discussion: "The number of a version that was deleted is not given again. Trials and images stay.")

    @Argument(help: "The adapter: PROJECT/NAME/NUMBER, or PROJECT/NAME with --all-versions.") var id: String
    @Flag(help: "Delete all versions of the name.") var allVersions = false
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @OptionGroup var root: RootArguments

    func run() throws {
        let id = try AdapterID(id)
        if id.number == nil && !allVersions {
            throw ValidationError("`\(id)` may have several versions: name one with its number, or add --all-versions")
        }
        if id.number != nil && allVersions {
            throw ValidationError("--all-versions is for a name without a number, given `\(id)`")
        }
        let registry = root.registry
        let numbers = try registry.numbers(id)
        let what = numbers.count == 1 ? "\(id.project)/\(id.name)/\(numbers[0])" : "\(numbers.count) versions of \(id)"
        guard try yes || Confirmation.ask("Delete \(what)?") else { return Talk.say("nothing is deleted") }
        for number in numbers { try registry.delete(id, number: number) }
        Talk.say("deleted \(what)")
    }
}
