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

  /// The days of the period before: as many months where this one is of whole months, else as many days.
  /// Nil where it has no beginning or no end, and at the beginning of the calendar.
  var daysBefore: ClosedRange<Int32>? {
    guard let first, let next, first < next else { return nil }
    let start: PartialDate?
    if first.day ?? 1 == 1, next.day ?? 1 == 1 {
      let months = 2 * Self.month(first) - Self.month(next)
      start = months < 12 ? nil : PartialDate(year: months / 12, month: months % 12 + 1, day: 1)
    } else {
      start = PartialDate(dayNumber: 2 * first.dayNumber - next.dayNumber)
    }
    return start.map { $0.dayNumber...first.dayNumber - 1 }
  }

  /// Counted from year 0.
  private static func month(_ date: PartialDate) -> Int { date.year * 12 + (date.month ?? 1) - 1 }

  /// Nil for an empty text. Throws `invalidArgument` for what names no period, and for one that ends before
  /// it begins.
  static func reading(_ text: String) throws -> DeskPeriod? {
    guard !text.isEmpty else { return nil }
    guard let period = period(text) else {
      let wrong = unreadableEnd(of: text) ?? text[...]
      throw DanvanError.invalid(
        "'\(wrong.prefix(40))' is no period; write 2021, 2021-Q1, 2021-03, 2021-03-26 or 2021-03-22..2021-03-28"
      )
    }
    guard !period.isEmpty else {
      throw DanvanError.invalid("'\(text.prefix(40))' ends before it begins")
    }
    return DeskPeriod(first: period.first, next: period.next)
  }

  private static func period(_ text: some StringProtocol) -> QueryPeriod? {
    let joined = text.split(whereSeparator: { $0 == " " }).joined(separator: "-")
    return QueryPeriod.reading(joined, today: .today)
  }

  /// The side of a range that names no period; nil where it is no range.
  private static func unreadableEnd(of text: String) -> Substring? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    return [text[..<dots.lowerBound], text[dots.upperBound...]]
      .first { !$0.isEmpty && period($0) == nil }
  }
}
