/// A part of a split, as a type: what is learnt from training rows cannot be given test rows by mistake.
public protocol Part: Sendable {}

/// The rows an adapter and its hyperparameters are chosen from.
public enum Training: Part {}

/// The rows that only the evaluation sees.
public enum Test: Part {}
