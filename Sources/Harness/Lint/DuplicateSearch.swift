internal import LinearAlgebra
internal import Moderation

/// Looks for near duplicates among images: hashes choose the pairs, embeddings confirm them.
struct DuplicateSearch {
    /// Two images whose hashes are near enough to look at their embeddings.
    struct Candidate {
        let first: Int
        let second: Int
        let distance: Int
    }

    /// The pairs of images that may be near duplicates; an image without a fingerprint is in none.
    ///
    /// - Parameter units: of each image a number; images of one unit are not compared.
    static func candidates(_ fingerprints: [Fingerprint?], units: [Int]) -> [Candidate] {
        let known = fingerprints.indices.compactMap { index in
            fingerprints[index].map { (index: index, unit: units[index], fingerprint: $0) }
        }
        var candidates: [Candidate] = []
        for (place, image) in known.enumerated() {
            for other in known[(place + 1)...] where other.unit != image.unit {
                let distance = image.fingerprint.distance(to: other.fingerprint)
                guard distance <= NearDuplicate.laxDistance else { continue }
                candidates.append(Candidate(first: image.index, second: other.index, distance: distance))
            }
        }
        return candidates
    }

    /// The candidates that their embeddings confirm; row `i` of `embeddings` is of image `i`.
    static func confirmed(_ candidates: [Candidate], embeddings: Matrix) -> [NearDuplicate] {
        let norms = (0..<embeddings.rows).map { squaredNorm(embeddings.row($0)).squareRoot() }
        return candidates.compactMap { candidate in
            let product = dotProduct(
                embeddings.row(candidate.first), embeddings.row(candidate.second).map(Double.init))
            let cosine = product / (norms[candidate.first] * norms[candidate.second])
            guard NearDuplicate.areAlike(distance: candidate.distance, cosine: cosine) else { return nil }
            return NearDuplicate(
                first: candidate.first, second: candidate.second, distance: candidate.distance, cosine: cosine)
        }
    }
}
