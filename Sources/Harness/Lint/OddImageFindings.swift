internal import Moderation

/// When an image is odd.
private enum Odd {
    /// A shorter side, in pixels, leaves nothing to see.
    static let shortestSide = 32
    /// Longer side over shorter side.
    static let aspect = 6.0
    /// Standard deviation of a thumbnail's luma in hundredths, 0 to 12750.
    static let contrast = 100
}

extension LintSubject {
    /// Images with next to nothing on them, after those that cannot be used.
    func oddFindings(bad: [BadImage]) -> [LintFinding] {
        bad.map { LintFinding(.oddImages, "`\($0.path)` cannot be used: \($0.reason)", images: [$0.path]) }
            + images.indices.flatMap { index in
                oddities(fingerprints[index]).map {
                    LintFinding(.oddImages, "`\(path(index))` \($0)", images: [path(index)])
                }
            }
    }

    private func oddities(_ image: Fingerprint) -> [String] {
        let sides = [image.width, image.height].sorted()
        let size = "\(image.width) x \(image.height) pixels"
        var oddities: [String] = []
        if sides[0] < Odd.shortestSide { oddities.append("is tiny: \(size)") }
        if Double(sides[1]) > Odd.aspect * Double(sides[0]) { oddities.append("is a strip: \(size)") }
        if image.contrast == 0 {
            oddities.append("is blank")
        } else if image.contrast < Odd.contrast {
            oddities.append("is nearly uniform: its luma deviates by less than \(Odd.contrast / 100) of 255")
        }
        return oddities
    }
}
