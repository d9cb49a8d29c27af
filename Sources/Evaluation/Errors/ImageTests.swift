/// What became of one image, one count per repeat in which it was tested.
public struct ImageTests: Sendable, Equatable {
    /// Its place in the images of the comparison.
    public let image: Int
    public let counts: PairedCounts

    /// Whether the adapter is wrong in at least half of the tests.
    public var isMostlyWrong: Bool { 2 * counts.adapterErrors >= counts.images }
}

/// What became of the images that could show one kind of error, in the order of the comparison's images.
///
/// Of a group in which neither base model nor adapter was wrong about any image, none is listed.
public struct ImageTestTable: Sendable, Equatable {
    public let rows: [ImageTests]
}

/// As a table: names of columns once, then a row of numbers for each image, of which there may be thousands.
extension ImageTestTable: Codable {
    private static let columns = ["image", "both_wrong", "fixed", "broken", "both_right"]

    private enum CodingKeys: CodingKey { case columns, rows }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let columns = try container.decode([String].self, forKey: .columns)
        let rows = try container.decode([[Int]].self, forKey: .rows)
        guard columns == Self.columns, rows.allSatisfy({ $0.count == columns.count }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .rows, in: container, debugDescription: "no table of the columns \(Self.columns)")
        }
        self.rows = rows.map { row in
            let counts = PairedCounts(bothWrong: row[1], fixed: row[2], broken: row[3], bothRight: row[4])
            return ImageTests(image: row[0], counts: counts)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.columns, forKey: .columns)
        let rows = rows.map { row in
            [row.image, row.counts.bothWrong, row.counts.fixed, row.counts.broken, row.counts.bothRight]
        }
        try container.encode(rows, forKey: .rows)
    }
}
