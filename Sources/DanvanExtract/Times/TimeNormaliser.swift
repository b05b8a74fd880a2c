/// The named ways from a time pattern's slots to an expression; `value` of a time rule names one.
///
/// Slots: `day`, `month`, `year`, `yy`, `ryear`, `quarter`, `n`, `edge`, `season`, `part`, `offset`,
/// `weekday`, `hour`, `minute`, `rel`; the second end of a range has the same with `2`.
enum TimeNormaliser: String, Sendable, CaseIterable {
  /// Whatever the slots give: a day, month, quarter, year, part of a year.
  case point
  /// From the plain slots to those with `2`; what the first lacks is the second's.
  case range
  /// From the slots to the document's day, and the other way round.
  case since, until
  /// Half a year, from `edge`.
  case half
  /// A lunar day: `day` and `month`, or `lunar` (a word list's month); the new year's without either.
  case lunar
  /// A term of office or a congress's number, from `n`.
  case term
  case sameTerm = "same-term"
  /// `decade` of the 1900s, `decadeyear` with its century; `n` is a century's number.
  case decade, century
  /// `rel`, a word list's entry with offset and unit; `offset` alone counts days.
  case relative
  case sameDay = "same-day"
  /// `n` years back or ahead, as a span.
  case pastYears = "past-years"
  case nextYears = "next-years"
  /// `n` of `unit` before the document's day.
  case ago
  /// `n` of `unit` after the time spoken of before.
  case later
  /// Every year on this day.
  case yearly
  /// `weekday`, in the week of `rel` where there is one.
  case weekday
  /// Not a time, though it looks like one: keeps other rules off.
  case none

  /// Nil where the slots make no time: the match is dropped.
  func expression(_ match: PatternMatch, in scan: Scan) -> TimeExpression? {
    let slots = TimeSlots(match: match, scan: scan)
    switch self {
    case .point: return slots.expression()
    case .range: return slots.range()
    case .since: return slots.expression().map { .span(.startOf($0), .today) }
    case .until: return slots.expression().map { .span(.today, .endOf($0)) }
    case .half: return slots.half()
    case .lunar: return slots.lunar()
    case .term: return match.number("n").map { .fixed("term:\($0)") }
    case .sameTerm: return .sameTerm
    case .decade:
      let first = match.number("decadeyear") ?? match.number("decade").map { 1900 + $0 }
      return first.map { .fixed("\($0 / 10)X") }
    case .century: return match.number("n").map { .fixed("\($0 - 1)XX") }
    case .relative: return slots.relative()
    case .sameDay: return .sameDay(part: match["part"]?.entry?.field(0))
    case .pastYears: return match.number("n").map { .years(-$0) }
    case .nextYears: return match.number("n").map { .years($0) }
    case .ago, .later:
      let unit = match["unit"]?.entry.flatMap { CalendarUnit(rawValue: $0.field(0)) }
      guard let unit, let n = match.number("n") else { return nil }
      return self == .ago ? .relative(-n, unit, part: nil) : .later(n, unit)
    case .yearly:
      guard case .point(let point)? = slots.expression(), let month = point.month else {
        return nil
      }
      return .fixed(
        "XXXX-" + ([month] + [point.day].compactMap { $0 }).map(twoDigits).joined(separator: "-"))
    case .weekday:
      return match.number("weekday").map {
        .weekday($0, week: match.number("rel"), part: match["part"]?.entry?.field(0))
      }
    case .none: return nil
    }
  }
}

/// A number of at least two digits.
func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
