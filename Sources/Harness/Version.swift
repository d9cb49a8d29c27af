/// The program as a whole.
public enum Moderato {
    /// The version, as CHANGELOG has it.
    public static let version = "0.1.0"
}
