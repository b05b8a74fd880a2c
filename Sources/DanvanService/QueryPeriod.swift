internal import DanvanModel
internal import DanvanText

/// A year, quarter, month or day of a query: `2021`, `2021-Q1`, `quý-I-2021`, `quý-I-năm-2021`, `2021-03`,
/// `tháng-3-2021`, `2021-03-26`, `26-3-2021` or `26/3/2021`.
struct QueryPeriod: Equatable {
  /// The period's first day; nil where it has no beginning.
  let first: PartialDate?
  /// The first day after it; nil at the end of the calendar.
  let next: PartialDate?

  init(first: PartialDate?, next: PartialDate?) {
    self.first = first
    self.next = next
  }

  /// Whether it ends before it begins.
  var isEmpty: Bool {
    guard let first, let next else { return false }
    return next.dayNumber <= first.dayNumber
  }

  /// A period, one counted from today, or what lies between two of them: `2020..2021-03`,
  /// `hôm-qua..`, `..2019`.
  static func reading(_ text: String, today: PartialDate) -> QueryPeriod? {
    guard let dots = text.firstRange(of: "..") else {
      return QueryPeriod(text) ?? RelativePeriod.read(text, today: today)
    }
    let ends = [text[..<dots.lowerBound], text[dots.upperBound...]].map { end in
      end.isEmpty
        ? QueryPeriod(first: nil, next: nil)
        : QueryPeriod(String(end)) ?? RelativePeriod.read(String(end), today: today)
    }
    guard let first = ends[0], let last = ends[1], text.utf8.count > 2 else { return nil }
    return QueryPeriod(first: first.first, next: last.next)
  }

  init?(_ text: String) {
    var parts = plainForm(text).split(
      omittingEmptySubsequences: false, whereSeparator: { "-/._".contains($0) }
    ).map(String.init)
    // quý I năm 2021, tháng 3 năm 2021
    if parts.count == 4, parts[2] == "nam" { parts.remove(at: 2) }
    let numbers = parts.map { Self.number($0) }
    switch (parts.count, numbers) {
    case (1, _):
      self.init(year: numbers[0], digits: parts[0])
    case (2, _) where parts[0] == "nam":
      self.init(year: numbers[1], digits: parts[1])
    case (2, _):
      // 2021-Q1, 2021-03, 3-2021
      if let year = Self.year(parts[0]) {
        if parts[1].first == "q" {
          self.init(quarter: Self.number(String(parts[1].dropFirst())), of: year)
        } else {
          self.init(month: numbers[1], of: year)
        }
      } else if let year = Self.year(parts[1]) {
        if parts[0].first == "q" {
          self.init(quarter: Self.number(String(parts[0].dropFirst())), of: year)
        } else {
          self.init(month: numbers[0], of: year)
        }
      } else {
        return nil
      }
    case (3, _):
      if let year = Self.year(parts[2]) {
        switch parts[0] {
        case "quy", "qui": self.init(quarter: Self.roman[parts[1]] ?? numbers[1], of: year)
        case "thang": self.init(month: numbers[1], of: year)
        default: self.init(year, numbers[1], numbers[0])
        }
      } else if let year = Self.year(parts[0]) {
        self.init(year, numbers[1], numbers[2])
      } else {
        return nil
      }
    default:
      return nil
    }
  }

  private init?(year: Int?, digits: String) {
    guard let year, digits.utf8.count == 4, let first = PartialDate(year: year, month: 1, day: 1)
    else { return nil }
    self.first = first
    next = PartialDate(year: year + 1, month: 1, day: 1)
  }

  private init?(quarter: Int?, of year: Int) {
    guard let quarter, (1...4).contains(quarter) else { return nil }
    self.init(months: 3, from: quarter * 3 - 2, of: year)
  }

  private init?(month: Int?, of year: Int) {
    guard let month else { return nil }
    self.init(months: 1, from: month, of: year)
  }

  private init?(months: Int, from month: Int, of year: Int) {
    guard let first = PartialDate(year: year, month: month, day: 1) else { return nil }
    self.first = first
    let after = month + months
    next = PartialDate(
      year: after > 12 ? year + 1 : year, month: after > 12 ? after - 12 : after, day: 1)
  }

  private init?(_ year: Int, _ month: Int?, _ day: Int?) {
    guard let month, let day, let first = PartialDate(year: year, month: month, day: day) else {
      return nil
    }
    self.first = first
    if day < PartialDate.days(inMonth: month, of: year) {
      next = PartialDate(year: year, month: month, day: day + 1)
    } else {
      next = PartialDate(
        year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    }
  }

  private static func year(_ text: String) -> Int? {
    text.utf8.count == 4 ? number(text) : nil
  }

  private static func number(_ text: String) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(text)
  }

  private static let roman = ["i": 1, "ii": 2, "iii": 3, "iv": 4]
}
