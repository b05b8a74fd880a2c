import DanvanModel

/// A day of the Gregorian calendar as a number, so that days can be added and compared.
struct CalendarDay: Sendable, Hashable, Comparable {
  /// Days since 0000-03-01, from which leap days fall at a year's end.
  let number: Int

  init(number: Int) { self.number = number }

  /// Nil where the date is not whole.
  init?(_ date: PartialDate?) {
    guard let date, let month = date.month, let day = date.day else { return nil }
    let year = month > 2 ? date.year : date.year - 1
    let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    number = 365 * year + year / 4 - year / 100 + year / 400 + ofYear
  }

  /// Nil outside the years 1 to 9999.
  var date: PartialDate? {
    guard number >= 0 else { return nil }
    // 146097 days in 400 years; within them the first day of year y is 365y + y/4 - y/100.
    let era = number / 146_097
    let ofEra = number % 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return PartialDate(
      year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month,
      day: ofYear - (153 * shifted + 2) / 5 + 1)
  }

  /// 1 is Monday, 7 Sunday.
  var weekday: Int { (number + 2) % 7 + 1 }

  /// The ISO 8601 week, such as `2017-W23`; nil outside the years 1 to 9999.
  var week: String? {
    let thursday = self + (4 - weekday)
    guard let date = thursday.date,
      let first = CalendarDay(PartialDate(year: date.year, month: 1, day: 1))
    else { return nil }
    return "\(date.description.prefix(4))-W\(twoDigits((thursday.number - first.number) / 7 + 1))"
  }

  static func + (day: CalendarDay, days: Int) -> CalendarDay {
    CalendarDay(number: day.number + days)
  }
  static func - (a: CalendarDay, b: CalendarDay) -> Int { a.number - b.number }
  static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }
}
