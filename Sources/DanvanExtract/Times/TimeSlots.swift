import DanvanModel
import DanvanText

/// Reads the slots of one match as calendar parts.
struct TimeSlots {
  let match: PatternMatch
  let scan: Scan

  /// What the slots (their names ending in `suffix`) say, the most particular first.
  func expression(_ suffix: String = "") -> TimeExpression? {
    let year = self.year(suffix)
    if let quarter = match.number("quarter" + suffix) {
      return (1...4).contains(quarter) ? .quarter(year, quarter) : nil
    }
    if let mark = match["edge" + suffix]?.entry?.field(0) {
      guard let n = match.number("n" + suffix) else { return .marked(year, mark) }
      guard (1...12).contains(n) else { return nil }
      return mark == "SOY" ? .months(year, 1, n) : .months(year, 13 - n, 12)
    }
    if let mark = match["season" + suffix]?.entry?.field(0) { return .marked(year, mark) }
    return point(suffix).map { .point($0) }
  }

  /// Both ends; the first takes month and year from the second where it has none.
  func range() -> TimeExpression? {
    guard let first = expression(), let second = expression("2") else { return nil }
    guard case .point(var from) = first, case .point(let to) = second else {
      return .span(first, second)
    }
    if from.year == .missing, case .known(let year) = to.year, from.day != nil || from.month != nil
    {
      let wraps = (from.month ?? 0) > (to.month ?? 12)
      from.year = .known(wraps ? year - 1 : year)
    }
    if from.month == nil, from.day != nil { from.month = to.month }
    guard from.day == nil || from.month != nil else { return nil }
    if let a = from.day, let b = to.day, from.month == to.month, from.year == to.year {
      guard a < b else { return nil }
    }
    if case .known(let a) = from.year, case .known(let b) = to.year {
      guard a <= b, b - a <= 400 || from.month != nil else { return nil }
      guard a < b || from.month != nil || from.day != nil else { return nil }
    }
    return .span(.point(from), .point(to))
  }

  /// The first or last six months of a year.
  func half() -> TimeExpression? {
    match["edge"]?.entry.map { entry in
      entry.field(0) == "SOY" ? .months(year(""), 1, 6) : .months(year(""), 7, 12)
    }
  }

  /// A lunar day; late days without a month are the last of the old year.
  func lunar() -> TimeExpression? {
    let day = match.number("day") ?? 15
    let month = match.number("month") ?? match.number("lunar") ?? (day >= 13 ? 12 : 1)
    return .lunar(year(""), month, day, part: match["part"]?.entry?.field(0))
  }

  /// `rel` (offset and unit of a word list's entry), or `offset` in days.
  func relative() -> TimeExpression? {
    let part = match["part"]?.entry?.field(0)
    if let entry = match["rel"]?.entry, let offset = match.number("rel"),
      let unit = CalendarUnit(rawValue: entry.field(1))
    {
      return .relative(offset, unit, part: part)
    }
    return match.number("offset").map { .relative($0, .day, part: part) }
  }

  private func year(_ suffix: String) -> YearReference {
    if let year = match.number("year" + suffix) { return .known(year) }
    if let yy = match.number("yy" + suffix) {
      if !suffix.isEmpty, match.number("month" + suffix) == nil, let first = match.number("year") {
        return .known(first / 100 * 100 + yy)
      }
      return .known(yy < 70 ? 2000 + yy : 1900 + yy)
    }
    if let distance = match.number("ryear" + suffix) { return .relative(distance) }
    return .missing
  }

  private func point(_ suffix: String) -> CalendarPoint? {
    var point = CalendarPoint()
    point.year = year(suffix)
    point.month = match.number("month" + suffix)
    point.day = match.number("day" + suffix)
    point.part = match["part" + suffix]?.entry?.field(0)
    point.hour = match.number("hour" + suffix)
    point.minute = match.number("minute" + suffix)
    point.daysFromToday = match.number("offset" + suffix)
    point.weekday = match.number("weekday" + suffix)
    guard separatorsAgree(suffix), isPossible(point) else { return nil }
    if let hour = point.hour {
      if hour < 12, ["AF", "EV"].contains(point.part) { point.hour = hour + 12 }
      point.part = nil
    }
    return point
  }

  /// `5-6/17` is no date: one sign parts day, month and a year of two digits.
  private func separatorsAgree(_ suffix: String) -> Bool {
    guard match["yy" + suffix] != nil, let a = match["sep" + suffix], let b = match["sepy" + suffix]
    else { return true }
    return scan.tokens[a.tokens.lowerBound].key == scan.tokens[b.tokens.lowerBound].key
  }

  private func isPossible(_ point: CalendarPoint) -> Bool {
    if let day = point.day, let month = point.month {
      let year: Int
      if case .known(let known) = point.year { year = known } else { year = 2000 }
      return PartialDate(year: year, month: month, day: day) != nil
    }
    return point.day != nil || point.month != nil || point.year != .missing || point.hour != nil
  }
}
