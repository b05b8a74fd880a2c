/// A time expression as written, before the article's date and years have filled its gaps.
indirect enum TimeExpression: Sendable, Equatable {
  /// A year, month, day or hour, as far as it is given.
  case point(CalendarPoint)
  case quarter(YearReference, Int)
  /// The first to the last month of a year's part: `6 tháng đầu năm 2017`.
  case months(YearReference, Int, Int)
  /// A year with a mark of TIMEX3: SOY, EOY, SP, SU, AU, WI.
  case marked(YearReference, String)
  /// One after another, both ends belonging to it.
  case span(TimeExpression, TimeExpression)
  /// A day of the lunar calendar: year, month, day.
  case lunar(YearReference, Int, Int, part: String?)
  /// What needs no resolving, such as `term:15` or `199X`.
  case fixed(String)
  /// So many units after the document date (before it where negative).
  case relative(Int, CalendarUnit, part: String?)
  /// The document date itself, as one end of a span (`đến nay`).
  case today
  /// The last moment of the year or month, as the end of a span that begins today.
  case endOf(TimeExpression)
  /// The first day of the year or month, as the start of a span that ends today.
  case startOf(TimeExpression)
  /// The day spoken of before (`cùng ngày`).
  case sameDay(part: String?)
  /// The term of office spoken of before (`khóa này`).
  case sameTerm
  /// So many units after the time spoken of before (`ba tháng sau`).
  case later(Int, CalendarUnit)
  /// From so many years before the document's year to it, or from it to so many after.
  case years(Int)
  /// A weekday, 1 (Monday) to 7, of the week so many after the document's; nil for the nearest.
  case weekday(Int, week: Int?, part: String?)
}

/// The year of a time expression: given, given by its distance from the document's, or missing.
enum YearReference: Sendable, Equatable {
  case known(Int)
  case relative(Int)
  case missing
}

/// As much of a calendar date and time of day as an expression gives.
struct CalendarPoint: Sendable, Equatable {
  var year = YearReference.missing
  var month: Int?
  var day: Int?
  /// A part of the day: MO, MI, AF, EV or NI.
  var part: String?
  var hour: Int?
  var minute: Int?
  /// How far the words beside the date say it is from the document's day (`hôm qua 21.6`: -1).
  var daysFromToday: Int?
  var weekday: Int?
}

/// Names as the word lists write them.
enum CalendarUnit: String, Sendable {
  case day, week, month, quarter, year
  case schoolYear = "school-year"
}
