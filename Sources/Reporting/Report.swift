/// An experiment's report in its formats: pure functions of a ``ReportInput``, without file, clock or machine.
///
/// All formats tell the same numbers: ``markdown(_:)`` and ``terminal(_:styled:)`` round for people, ``csv(_:)`` and
/// ``json(_:)`` keep full precision.
public enum Report {}
