internal import Foundation

/// What adapters and base models are called in tables: as short as can be told apart.
public struct ComparedNames: Sendable {
    /// One name per adapter, in their order.
    public let adapters: [String]
    /// Of each adapter the name of its base model.
    public let baseModels: [String]

    /// Names `adapters`, of which no two have the same path.
    public init(_ adapters: [ComparedAdapter]) {
        let paths = adapters.map(\.path)
        let shortened = [
            paths.map(ComparedNames.withoutFile), paths.map(ComparedNames.withoutFolder), paths,
        ].map { $0.map { $0.joined(separator: "/") } }
        let isOneFile = Set(paths.map { $0.count > 1 ? $0[0] : "" }).count == 1
        let unique = shortened.dropFirst(isOneFile ? 0 : 1).first { Set($0).count == $0.count }
        self.adapters = unique ?? shortened[2]
        baseModels = ComparedNames.baseModels(adapters.map(\.baseModel))
    }

    private static func withoutFile(_ path: [String]) -> [String] { path.count > 1 ? Array(path.dropFirst()) : path }

    /// The file by its name alone.
    private static func withoutFolder(_ path: [String]) -> [String] {
        path.count > 1 ? [(path[0] as NSString).lastPathComponent] + path.dropFirst() : path
    }

    private static func baseModels(_ models: [ComparedAdapter.BaseModelName]) -> [String] {
        let distinct = Set(models)
        guard distinct.count > 1 else { return models.map { _ in "base model" } }
        return models.map { model in
            let short = String(model.digest.prefix(12))
            guard let name = model.name else { return "base model \(short)" }
            let isShared = distinct.count { $0.name == name } > 1
            return "base model \(name)" + (isShared ? " \(short)" : "")
        }
    }
}
