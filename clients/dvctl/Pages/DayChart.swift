import DanvanMessages
import DanvanModel

/// Articles above and meetings below a line, a column for each day, week or month of a period; as percents
/// of the picture's width and height.
struct DayChart {
  enum Step: String { case days, weeks, months }

  struct Column {
    /// The first day, as ISO 8601.
    let first: String
    let last: String
    let articles: Int
    let meetings: Int
    let left: Double
    let width: Double
  }

  let step: Step
  let columns: [Column]
  /// What the tallest column above, and the one below, may stand for.
  let mostArticles: Int
  let mostMeetings: Int
  /// The part of the height that is above the line.
  let above: Double
  /// Where months or years begin.
  let marks: [(left: Double, date: PartialDate)]

  private static let mostDays = 124
  private static let mostWeeks = 124

  /// Nil where the days are none.
  init?(_ days: [Danvan_V1_BriefDay], from first: String, to last: String) {
    guard let start = PartialDate(first)?.dayNumber, let end = PartialDate(last)?.dayNumber,
      start <= end, start > Int32.min / 2, end < Int32.max / 2
    else { return nil }
    let length = Int(end - start) + 1
    let step: Step =
      length <= Self.mostDays ? .days : length <= 7 * Self.mostWeeks ? .weeks : .months
    var counts: [Int32: (articles: Int, meetings: Int)] = [:]
    for day in days {
      guard let number = PartialDate(day.date)?.dayNumber else { continue }
      let place = Self.begin(of: number, step)
      counts[place, default: (0, 0)].articles += Int(day.articles)
      counts[place, default: (0, 0)].meetings += Int(day.meetings)
    }
    func left(_ day: Int32) -> Double { Double(day - start) * 100 / Double(length) }
    var columns: [Column] = []
    var place = Self.begin(of: start, step)
    while place <= end {
      let next = Self.next(after: place, step)
      let (from, to) = (max(place, start), min(next - 1, end))
      let count = counts[place] ?? (0, 0)
      columns.append(
        Column(
          first: Self.text(from), last: Self.text(to), articles: count.articles,
          meetings: count.meetings, left: left(from),
          width: Double(to - from + 1) * 100 / Double(length)))
      place = next
    }
    self.step = step
    self.columns = columns
    mostArticles = Self.round(up: columns.map(\.articles).max() ?? 0)
    mostMeetings = Self.round(up: columns.map(\.meetings).max() ?? 0)
    // One scale for both, so that they can be held against one another.
    above = Double(mostArticles) * 100 / Double(max(1, mostArticles + mostMeetings))
    marks = Self.marks(from: start, to: end).map { (left($0), PartialDate(dayNumber: $0)) }
      .compactMap { left, date in date.map { (left, $0) } }
  }

  /// Bars do not touch where there is room between them.
  static let gap = 0.14

  private static func begin(of day: Int32, _ step: Step) -> Int32 {
    switch step {
    case .days: return day
    // Day 0, 1970-01-01, was a Thursday.
    case .weeks: return day - (((day + 3) % 7) + 7) % 7
    case .months:
      let date = PartialDate(dayNumber: day)
      return date.flatMap { PartialDate(year: $0.year, month: $0.month, day: 1) }?.dayNumber ?? day
    }
  }

  private static func next(after day: Int32, _ step: Step) -> Int32 {
    switch step {
    case .days: return day + 1
    case .weeks: return day + 7
    case .months:
      guard let date = PartialDate(dayNumber: day), let month = date.month else { return day + 31 }
      return day + Int32(PartialDate.days(inMonth: month, of: date.year))
    }
  }

  /// The first days of months; where those are many, of years; and of so few years that they can be read.
  private static func marks(from start: Int32, to end: Int32) -> [Int32] {
    guard let first = PartialDate(dayNumber: start), let last = PartialDate(dayNumber: end) else {
      return []
    }
    let months =
      (first.year * 12 + (first.month ?? 1) - 1)...(last.year * 12 + (last.month ?? 1) - 1)
    let every = months.count <= 13 ? 1 : months.count <= 24 ? 3 : 12 * max(1, months.count / 144)
    return months.filter { $0 % every == 0 || (months.count <= 2 && $0 == months.lowerBound) }
      .compactMap { PartialDate(year: $0 / 12, month: $0 % 12 + 1, day: 1)?.dayNumber }
      .map { max($0, start) }.filter { $0 <= end }
  }

  /// 1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, …: a number that people can halve.
  static func round(up number: Int) -> Int {
    guard number > 2 else { return max(0, number) }
    var tenth = 1
    while tenth * 100 < number { tenth *= 10 }
    return [4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100].map { $0 * tenth }
      .first { $0 >= number } ?? number
  }

  private static func text(_ day: Int32) -> String {
    PartialDate(dayNumber: day)?.description ?? ""
  }
}

extension Double {
  /// With two decimals at most, as CSS and SVG read it.
  var percent: String {
    let hundredths = Int((self * 100).rounded())
    let rest = hundredths % 100
    if rest == 0 { return String(hundredths / 100) }
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
