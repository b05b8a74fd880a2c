internal import DanvanModel

/// The days that a report is about, as the query language names periods; spaces may part its words.
struct DeskPeriod {
  /// Nil: no bound.
  let first: PartialDate?
  /// The first day after it; nil: no bound.
  let next: PartialDate?

  /// Days since 1970-01-01. Articles without a day lie in no period.
  var days: ClosedRange<Int32> {
    let first = first?.dayNumber ?? Int32.min + 2
    return first...max(first, (next?.dayNumber).map { $0 - 1 } ?? Int32.max)
  }

  /// Nil for an empty text. Throws `invalidArgument` for what names no period.
  static func reading(_ text: String) throws -> DeskPeriod? {
    guard !text.isEmpty else { return nil }
    let joined = text.split(whereSeparator: { $0 == " " }).joined(separator: "-")
    guard let period = QueryPeriod.reading(joined, today: .today) else {
      throw DanvanError.invalid(
        "'\(text.prefix(40))' is no period; write 2021, 2021-Q1, 2021-03, 2021-03-26 or 2021-03-22..2021-03-28"
      )
    }
    return DeskPeriod(first: period.first, next: period.next)
  }
}
