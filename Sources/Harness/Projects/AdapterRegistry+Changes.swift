internal import BaseModel
internal import Foundation
internal import Moderation
internal import Store

extension AdapterRegistry {
    /// Makes the next version of an adapter, the first one where there is none of its name: whole or not at all, whatever
    /// happens meanwhile.
    ///
    /// - Throws: `RunError.embeddingsGone` where the trial's heads compare with training images that are no longer in the
    ///   embedding cache; `StoreError` for what the disk refuses.
    public func create(_ draft: AdapterDraft) throws -> AdapterVersion {
        let trial = try AdapterTrial(draft.trial, baseModel: draft.origin.baseModel, workspace: workspace)
        return try alone(with: draft.name, of: draft.project) { shelf in
            while true {
                let folder = try AdapterFolder(
                    draft, trial: trial, number: try shelf.nextNumber(),
                    createdMilliseconds: shelf.nextMoment(draft.promisedMilliseconds),
                    workspace: workspace)
                if try AtomicFolder.write(folder.files, to: self.folder(of: folder.version)) { return folder.version }
                // Where locks do not work, another process may have taken the number: the next one is free.
            }
        }
    }

    /// Gives `version` another status, on disk too.
    public func setStatus(_ status: AdapterStatus, of version: AdapterVersion) throws -> AdapterVersion {
        try alone(with: version.name, of: version.project) { _ in
            var changed = try read(version.name, of: version.project, number: version.number)
            changed.status = status
            // What a process that was killed just here left.
            try AtomicFile.sweep(folder(of: version))
            try AtomicFile.write(
                changed.jsonFile(), to: folder(of: version).appending(path: AdapterFolder.description))
            return changed
        }
    }

    /// Removes version `number` of the adapter `name` of `project`, damaged or not; its number is not given again.
    ///
    /// - Throws: `ProjectError.noSuchAdapter` where there is none.
    public func delete(_ id: AdapterID, number: Int) throws {
        try alone(with: id.name, of: id.project) { shelf in
            guard try numbers(of: id.name, in: id.project).contains(number) else {
                throw ProjectError.noSuchAdapter(id: "\(id)", hint: hint(for: id))
            }
            try shelf.remember()
            try AtomicFolder.remove(folder(of: id.name, in: id.project, number: number))
        }
    }

    /// The numbers of the versions that `id` names: its own, or else all there are.
    ///
    /// - Throws: `ProjectError.noSuchAdapter` where there is none.
    public func numbers(_ id: AdapterID) throws(ProjectError) -> [Int] {
        let numbers = try numbers(of: id.name, in: id.project).filter { id.number == nil || id.number == $0 }
        guard !numbers.isEmpty else { throw .noSuchAdapter(id: "\(id)", hint: hint(for: id)) }
        return numbers
    }

    /// Calls `body` while no other process changes the versions of the adapter `name` of `project`.
    private func alone<Value>(with name: String, of project: String, _ body: (AdapterShelf) throws -> Value) throws
        -> Value
    {
        let folder = workspace.adapter(name, of: project)
        let lock = try WorkLock.wait(folder.appending(path: ".lock"), until: { false })
        return try withExtendedLifetime(lock) {
            try AtomicFolder.sweep(folder)
            let numbers = try numbers(of: name, in: project)
            let newest = numbers.last.flatMap { try? read(name, of: project, number: $0) }
            return try body(AdapterShelf(folder: folder, numbers: numbers, newest: newest))
        }
    }
}

/// The versions of one adapter, for who changes them: what number comes next.
private struct AdapterShelf {
    let folder: URL
    let numbers: [Int]
    let newest: AdapterVersion?

    /// The file that the highest number ever given stands in.
    private var counter: URL { folder.appending(path: "last_number") }

    /// The highest number ever given, 0 where none was.
    ///
    /// What cannot be read is an error: to begin anew would give numbers a second meaning.
    private var lastNumber: Int {
        get throws {
            guard FileManager.default.fileExists(atPath: counter.path) else { return numbers.last ?? 0 }
            guard let bytes = FileManager.default.contents(atPath: counter.path) else {
                throw StoreError.refused(action: .read, path: counter.path, reason: "no permission, or not a file")
            }
            let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard let number = Int(text), number >= 0 else {
                throw ProjectError.badCounter(path: counter.path, found: text)
            }
            return max(number, numbers.last ?? 0)
        }
    }

    /// A number that no version ever had; from here on it is given, whatever becomes of it.
    func nextNumber() throws -> Int {
        let (number, isBeyondAll) = try lastNumber.addingReportingOverflow(1)
        if isBeyondAll { throw ProjectError.badCounter(path: counter.path, found: "\(try lastNumber)") }
        try keep(number)
        return number
    }

    /// Sees to it that numbers of versions that are to go are not given again.
    func remember() throws { try keep(lastNumber) }

    /// The time that was `promised`, or else now, in milliseconds since 1970; later than the newest version was made.
    func nextMoment(_ promised: Int?) -> Int {
        let moment = promised ?? Milliseconds.now
        return max(moment, (newest?.createdMilliseconds ?? 0) + 1)
    }

    private func keep(_ number: Int) throws(StoreError) {
        try AtomicFile.write(Data("\(number)\n".utf8), to: counter)
    }
}
