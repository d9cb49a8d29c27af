internal import Foundation

/// The texts of all explorer tables as JSON for the page's script, each text once and cells as places in the list of them, and
/// where the figures' marks are.
struct ExplorerData: Encodable {
    private var texts: [String] = []
    private var labels: [Exploration] = []

    private struct Exploration: Encodable {
        let confidences: [Double]
        let declared: Int
        let thresholds: [Int]
        let cells: [[Int]]
        let notes: [Int]
        let places: [[Double]]?
    }

    init(_ explored: [(table: ExplorerTable, figure: ExplorerFigure?)]) {
        var places: [String: Int] = [:]
        func place(_ text: String) -> Int {
            if let place = places[text] { return place }
            places[text] = texts.count
            texts.append(text)
            return texts.count - 1
        }
        for (table, figure) in explored {
            labels.append(
                Exploration(
                    confidences: table.confidences, declared: table.declared,
                    thresholds: table.confidences.map { place(NumberText.threshold($0)) },
                    cells: table.steps.map { $0.cells.map(place) }, notes: table.steps.map { place($0.notes) },
                    places: figure?.places))
        }
    }

    /// A data block: no `<` in it, so that no text can end it.
    var html: HTML {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("a threshold of an exploration, or a place of a mark, is not a finite number")
        }
        let json = String(decoding: data, as: UTF8.self)
        return .element(
            "script", ["type": "application/json", "id": "explorations"],
            HTML(trusted: json.replacing("<", with: "\\u003c")))
    }
}
