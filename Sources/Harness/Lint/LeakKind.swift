/// What makes a test image known before the test: an experiment file may allow each by name.
public enum LeakKind: String, Sendable, CaseIterable {
    /// The same bytes in training and test.
    case exactCopies = "exact_copies"
    /// Images in training and test that hardly differ.
    case nearDuplicates = "near_duplicates"
}
