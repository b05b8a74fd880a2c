import DanvanModel

/// Turns an article's time expressions into values, one after another in the order of the text.
struct TimeValuation {
  private let expressions: [TimeMention]
  private let document: CalendarDay?
  private let documentDate: PartialDate?
  private let documentYear: Int?
  private let years: YearInference
  /// The last day and the last point told, and the sentence that told the day.
  private var lastDay: (day: PartialDate, sentence: Range<Int>)?
  /// The last day that the report itself went on with: one that opens its sentence, or the document's.
  private var lastOpening: PartialDate?
  private var lastPoint: PartialDate?
  private var lastSchoolYear: Int?
  /// The article's common term, once asked for.
  private var term: String??
  private var place = 0
  private var looksAhead = false
  private var basis: String?

  init(
    expressions: [TimeMention], document: PartialDate?, documentYear: Int?, years: YearInference
  ) {
    self.expressions = expressions
    documentDate = document
    self.document = CalendarDay(document)
    self.documentYear = documentYear
    self.years = years
  }

  /// The value of the expression with that number; must be asked in order, from 0.
  mutating func value(
    of number: Int, in sentence: Range<Int>, looksAhead: Bool
  ) -> (value: String?, basis: String?) {
    let mention = expressions[number]
    place = mention.tokens.lowerBound
    self.looksAhead = looksAhead
    basis = nil
    let expression = borrowingYear(mention.expression, from: number + 1)
    let value = self.value(of: expression, in: sentence)
    remember(value, sentence)
    return (value, basis)
  }

  /// `tháng 10, tháng 11 năm 2016`: a month or day without a year takes the one that follows it closely.
  private func borrowingYear(_ expression: TimeExpression, from next: Int) -> TimeExpression {
    guard next < expressions.count,
      expressions[next].tokens.lowerBound
        - expressions[next - 1].tokens.upperBound <= 1
    else { return expression }
    switch (expression, expressions[next].expression) {
    case (.point(var point), .point(let other)):
      guard point.year == .missing, point.month != nil, case .known(let year) = other.year,
        other.month != nil, (point.day == nil) == (other.day == nil)
      else { return expression }
      let wraps = (point.month ?? 0) > (other.month ?? 12)
      point.year = .known(wraps ? year - 1 : year)
      return .point(point)
    case (.quarter(.missing, let quarter), .quarter(.known(let year), _)):
      return .quarter(.known(year), quarter)
    default: return expression
    }
  }

  private mutating func value(of expression: TimeExpression, in sentence: Range<Int>) -> String? {
    switch expression {
    case .fixed(let text): return text
    case .point(let point): return self.point(point, sentence)
    case .quarter(let year, let quarter): return "\(four(year, month: quarter * 3 - 1))-Q\(quarter)"
    case .months(let year, let first, let last):
      let year = four(year, month: nil)
      return "\(year)-\(twoDigits(first))/\(year)-\(twoDigits(last))"
    case .marked(let year, let mark): return "\(four(year, month: nil))-\(mark)"
    case .lunar(let year, let month, let day, let part): return lunar(year, month, day, part)
    case .span(let from, let to):
      let year = basis
      guard let end = value(of: to, in: sentence), let start = value(of: from, in: sentence) else {
        return nil
      }
      basis = basis ?? year
      return "\(start)/\(end)"
    case .today: return today()
    case .endOf(let inner): return edge(inner, "12-31", sentence)
    case .startOf(let inner): return edge(inner, "01-01", sentence)
    case .relative(let distance, let unit, let part): return relative(distance, unit, part)
    case .sameDay(let part):
      let day = (lastOpening ?? lastDay?.day)?.description ?? today()
      return day + (part.map { "T" + $0 } ?? "")
    case .sameTerm:
      if term == nil { term = .some(commonTerm()) }
      return term ?? nil
    case .later(let distance, let unit): return later(distance, unit)
    case .years(let distance):
      guard let year = documentYear else { return nil }
      return distance < 0 ? "\(year + distance)/\(year)" : "\(year)/\(year + distance)"
    case .weekday(let weekday, let week, let part):
      let suffix = part.map { "T" + $0 } ?? ""
      guard let document else { return "REF" + suffix }
      let day = document + (weekday - document.weekday + 7 * (week ?? 0))
      basis = "the document date"
      return (day.date?.description ?? "REF") + suffix
    }
  }

  private mutating func point(_ point: CalendarPoint, _ sentence: Range<Int>) -> String {
    var date: String
    if point.month == nil, point.day == nil, point.year == .missing {
      date = lastDay.flatMap { $0.sentence == sentence ? $0.day.description : nil } ?? today()
    } else {
      date = four(point.year, month: point.month, day: point.day)
      if let month = point.month { date += "-" + twoDigits(month) }
      if let day = point.day { date += "-" + twoDigits(day) }
    }
    if let hour = point.hour {
      return "\(date)T\(twoDigits(hour)):\(twoDigits(point.minute ?? 0))"
    }
    return date + (point.part.map { "T" + $0 } ?? "")
  }

  /// The solar day; the last month's days belong to the new year that they lead to.
  private mutating func lunar(
    _ year: YearReference, _ month: Int, _ day: Int, _ part: String?
  ) -> String {
    let solarMonth = month == 12 ? 1 : min(12, month + 1)
    guard let year = Int(four(year, month: solarMonth, day: 15)),
      let date = LunarCalendar.day(year: month == 12 ? year - 1 : year, month: month, day: day)?
        .date
    else { return "XXXX" }
    basis = "the lunar calendar"
    return date.description + (part.map { "T" + $0 } ?? "")
  }

  private mutating func edge(
    _ expression: TimeExpression, _ day: String, _ sentence: Range<Int>
  ) -> String? {
    switch expression {
    case .marked(let year, let mark) where (mark == "EOY") == (day == "12-31"):
      return "\(four(year, month: nil))-\(day)"
    case .point(let point) where point.month == nil && day == "12-31":
      return "\(four(point.year, month: nil))-\(day)"
    default: return value(of: expression, in: sentence)
    }
  }

  private mutating func today() -> String {
    basis = basis ?? (documentDate == nil ? nil : "the document date")
    return documentDate?.description ?? "REF"
  }

  /// A year in four digits, `XXXX` where nothing tells it.
  private mutating func four(_ year: YearReference, month: Int?, day: Int? = nil) -> String {
    switch year {
    case .known(let year): return digits(year)
    case .relative(let distance):
      guard let documentYear else { return "XXXX" }
      basis = "the document's year"
      return digits(documentYear + distance)
    case .missing: break
    }
    guard let (year, source) = years.year(month: month, day: day, near: place) else {
      return documentYear.map(digits) ?? "XXXX"
    }
    basis = source
    guard let document, let month,
      let found = CalendarDay(PartialDate(year: year, month: month, day: day ?? 1))
    else { return digits(year) }
    if found - document > 183, !looksAhead { return digits(year - 1) }
    if document - found > 300, looksAhead { return digits(year + 1) }
    return digits(year)
  }

  private mutating func relative(_ distance: Int, _ unit: CalendarUnit, _ part: String?) -> String?
  {
    let suffix = part.map { "T" + $0 } ?? ""
    let unknown = "REF" + (distance == 0 ? "" : "\(distance < 0 ? "-" : "+")P\(abs(distance))")
    basis = document == nil ? nil : "the document date"
    switch unit {
    case .day:
      let day = document.flatMap { ($0 + distance).date?.description }
      return (day ?? unknown + (distance == 0 ? "" : "D")) + suffix
    case .week: return document.flatMap { ($0 + 7 * distance).week } ?? unknown + "W"
    case .month, .quarter:
      guard let documentDate, let month = documentDate.month else { return unknown + "M" }
      let size = unit == .month ? 1 : 3
      let months = documentDate.year * 12 + (month - 1) / size * size + distance * size
      guard months > 0 else { return nil }
      return unit == .month
        ? "\(digits(months / 12))-\(twoDigits(months % 12 + 1))"
        : "\(digits(months / 12))-Q\(months % 12 / 3 + 1)"
    case .year: return documentYear.map { digits($0 + distance) } ?? unknown + "Y"
    case .schoolYear:
      guard let first = lastSchoolYear ?? schoolYear else { return unknown + "Y" }
      return "\(digits(first + distance))/\(digits(first + distance + 1))"
    }
  }

  /// The school year of the document's day, by its first year; summer belongs to the coming one.
  private var schoolYear: Int? {
    guard let documentDate else { return documentYear }
    return (documentDate.month ?? 9) >= 6 ? documentDate.year : documentDate.year - 1
  }

  private mutating func later(_ distance: Int, _ unit: CalendarUnit) -> String? {
    guard let from = lastPoint else { return nil }
    basis = "counted from \(from)"
    switch unit {
    case .day, .week:
      let days = distance * (unit == .week ? 7 : 1)
      return CalendarDay(from).flatMap { ($0 + days).date?.description }
    case .month, .quarter:
      guard let month = from.month else { return nil }
      let months = from.year * 12 + month - 1 + distance * (unit == .month ? 1 : 3)
      return "\(digits(months / 12))-\(twoDigits(months % 12 + 1))"
    case .year, .schoolYear: return digits(from.year + distance)
    }
  }

  /// The term that the article speaks of most, the earliest of equals.
  private func commonTerm() -> String? {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for mention in expressions {
      guard case .fixed(let text) = mention.expression, text.hasPrefix("term:"),
        mention.evidence.rule == "time.term"
      else { continue }
      if counts.updateValue((counts[text] ?? 0) + 1, forKey: text) == nil { order.append(text) }
    }
    let most = counts.values.max()
    return order.first { counts[$0] == most }
  }

  private mutating func remember(_ value: String?, _ sentence: Range<Int>) {
    guard let value else { return }
    let ends = value.split(separator: "/")
    if ends.count == 2, let a = Int(ends[0]), Int(ends[1]) == a + 1 { lastSchoolYear = a }
    guard let end = ends.last, let date = PartialDate(end) else { return }
    lastPoint = date
    guard date.isWhole else { return }
    lastDay = (date, sentence)
    if ends.count == 1, place == sentence.lowerBound || date == documentDate { lastOpening = date }
  }

  private func digits(_ year: Int) -> String {
    let text = String(max(0, year))
    return String(repeating: "0", count: max(0, 4 - text.utf8.count)) + text
  }
}
