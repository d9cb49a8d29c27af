/// Two images that hardly differ.
struct NearDuplicate: Sendable, Equatable {
    /// Indices of the images, the lower first.
    let first: Int
    let second: Int
    /// Bits of 64 in which the perceptual hashes differ.
    let distance: Int
    /// Cosine of the angle between the embeddings.
    let cosine: Double

    /// Whether the two signals agree: one finds, the other confirms.
    ///
    /// A hash alone takes two icons on a tile for one, and an embedding alone two arrows in a circle; `docs/lint.md` has
    /// the shares of planted changes that are found, and of false pairs.
    static func areAlike(distance: Int, cosine: Double) -> Bool {
        (distance <= strictDistance && cosine >= laxCosine) || (distance <= laxDistance && cosine >= strictCosine)
    }

    static let strictDistance = 6
    static let laxDistance = 12
    static let strictCosine = 0.95
    static let laxCosine = 0.90

    /// `4 of 64 hash bits differ, cosine 0.97`
    var evidence: String {
        let hundredths = Int((cosine * 100).rounded(.down))
        let cosine = hundredths >= 100 ? "1.00" : "0." + (hundredths < 10 ? "0" : "") + String(hundredths)
        return "\(distance) of 64 hash bits differ, cosine \(cosine)"
    }
}
