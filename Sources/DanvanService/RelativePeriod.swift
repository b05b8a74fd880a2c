internal import DanvanModel
internal import DanvanText

/// A period counted from today: `today`, `hôm-qua`, `tuần-trước`, `last-month`, `năm-nay`, or the last
/// so many days, weeks, months or years up to today: `30d`, `2w`, `3m`, `1y`.
enum RelativePeriod {
  private enum Unit { case day, week, month, year }

  /// How many units before today's it begins, and how long it is.
  private static let named: [String: (unit: Unit, back: Int)] = [
    "today": (.day, 0), "hom nay": (.day, 0), "yesterday": (.day, 1), "hom qua": (.day, 1),
    "this week": (.week, 0), "tuan nay": (.week, 0), "last week": (.week, 1),
    "tuan truoc": (.week, 1), "this month": (.month, 0), "thang nay": (.month, 0),
    "last month": (.month, 1), "thang truoc": (.month, 1), "this year": (.year, 0),
    "nam nay": (.year, 0), "last year": (.year, 1), "nam truoc": (.year, 1),
    "nam ngoai": (.year, 1),
  ]

  static func read(_ text: String, today: PartialDate) -> QueryPeriod? {
    let words = plainForm(text).split(whereSeparator: { "-_ ".contains($0) }).joined(separator: " ")
    if let (unit, back) = named[words] {
      guard let first = start(of: unit, back, today) else { return nil }
      return QueryPeriod(first: first, next: start(of: unit, back - 1, today))
    }
    let units: [Character: Unit] = ["d": .day, "w": .week, "m": .month, "y": .year]
    guard let unit = words.last.flatMap({ units[$0] }), let count = Int(words.dropLast()),
      (1...9_999).contains(count)
    else { return nil }
    let first: PartialDate? =
      switch unit {
      case .day: day(dayNumber(today) - count + 1)
      case .week: day(dayNumber(today) - 7 * count + 1)
      case .month: sameDay(monthsBack: count, today)
      case .year: sameDay(monthsBack: 12 * count, today)
      }
    return first.map { QueryPeriod(first: $0, next: day(dayNumber(today) + 1)) }
  }

  private static func start(of unit: Unit, _ back: Int, _ today: PartialDate) -> PartialDate? {
    switch unit {
    case .day: return day(dayNumber(today) - back)
    case .week:
      // Day 0, 1970-01-01, was a Thursday; weeks begin on Monday.
      let monday = dayNumber(today) - (dayNumber(today) + 3) % 7
      return day(monday - 7 * back)
    case .month:
      let month = today.year * 12 + (today.month ?? 1) - 1 - back
      return PartialDate(year: month / 12, month: month % 12 + 1, day: 1)
    case .year: return PartialDate(year: today.year - back, month: 1, day: 1)
    }
  }

  /// The same day so many months before, or that month's last.
  private static func sameDay(monthsBack months: Int, _ today: PartialDate) -> PartialDate? {
    let month = today.year * 12 + (today.month ?? 1) - 1 - months
    guard month >= 12 else { return nil }
    let last = PartialDate.days(inMonth: month % 12 + 1, of: month / 12)
    return PartialDate(
      year: month / 12, month: month % 12 + 1, day: min(today.day ?? 1, last))
  }

  private static func dayNumber(_ date: PartialDate) -> Int { Int(date.dayNumber) }

  private static func day(_ number: Int) -> PartialDate? {
    Int32(exactly: number).flatMap { PartialDate(dayNumber: $0) }
  }
}
