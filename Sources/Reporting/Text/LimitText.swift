internal import Evaluation

extension DetectionLimit {
    /// What the test images can show of `kind`, and how many it would take to show more.
    func sentence(_ kind: ErrorKind) -> String {
        if images == 0 { return "\(kind.abbreviation): there are no test \(kind.images)" }
        let base = "\(kind.abbreviation): the base model made"
        if baseErrors == 0 { return "\(base) none on \(images) \(kind.images), so there is nothing to improve" }
        let groups = isGrouped ? ", in \(baseErrorGroups) \(baseErrorGroups == 1 ? "group" : "groups")" : ""
        return "\(base) \(baseErrors) on \(images) \(kind.images)\(groups); \(ability)\(need)"
    }

    /// Whether a group holds more than one of the base model's errors.
    private var isGrouped: Bool { baseErrorGroups < baseErrors }

    private var ability: String {
        if !canShowImprovement {
            return isShortOfRepeats
                ? "so few repeats of the split can hardly show anything, whatever an adapter fixes; repeat it more often"
                : "too small a test set to show anything: an adapter would have to fix at least \(smallestFixed)"
                    + (isGrouped ? " groups" : "")
        }
        guard let detectableImprovement else {
            return "an adapter that fixed them all would be shown to work in fewer than 8 of 10 such test sets"
        }
        let share = NumberText.wholeShare(detectableImprovement)
        return "an improvement of about \(share) that breaks no image would be shown in 8 of 10 such test sets"
    }

    private var need: String {
        guard let imagesNeeded, imagesNeeded > images, !isShortOfRepeats else { return "" }
        return "; to show that half of them are gone takes about \(imagesNeeded) such images"
    }
}
