import DanvanModel

/// Finds the year that an article leaves out.
///
/// A year given from outside outranks everything; without it the nearest explicit quarter, month or
/// year of the article decides, but none that lies behind the newest that the article tells of: what
/// it remembers and what it aims at (`đến năm 2030`) is not the year of its report.
struct YearInference {
  private let given: PartialDate?
  private let givenBasis: String
  private typealias Explicit = (year: Int, tokens: Range<Int>)
  /// Years given with a month, day or quarter, and bare ones; both in order of the text.
  private let particular: [Explicit]
  private let bare: [Explicit]
  private let scan: Scan
  /// Where each year is told: token numbers in order.
  private let places: [Int: [Int]]
  /// Months told with their years and those near them, counted from the year 0.
  private let months: Set<Int>
  /// The newest year that the article tells and that is no aim.
  private let newest: Int?
  /// In years: how far behind the newest the report's year may lie (a plan for next year).
  private static let reach = 1

  /// `given` is a date known from outside the text or from a page's stamp, whole or partial.
  /// `aims` has the words right before a date that make it a limit.
  init(
    _ mentions: [TimeMention], given: PartialDate?, basis: String, aims: Lexicon, in scan: Scan
  ) {
    self.given = given
    givenBasis = basis
    self.scan = scan
    var (particular, bare): ([Explicit], [Explicit]) = ([], [])
    var months: Set<Int> = []
    for mention in mentions where !mention.tellsLife {
      guard let (year, isParticular) = mention.expression.explicitYear,
        !Self.isAim(mention.tokens.lowerBound, aims, scan)
      else { continue }
      if isParticular {
        particular.append((year, mention.tokens))
        if let told = mention.expression.explicitMonths {
          let near = (told.lowerBound - Self.season)...(told.upperBound + Self.season)
          months.formUnion(near.map { 12 * year + $0 })
        }
      } else {
        bare.append((year, mention.tokens))
      }
    }
    let newest = (particular + bare).map(\.year).max()
    places = Dictionary(grouping: particular + bare) { $0.year }
      .mapValues { $0.map(\.tokens.lowerBound).sorted() }
    self.newest = newest
    self.months = months
    self.particular = particular.filter { $0.year + Self.reach >= newest ?? 0 }
    self.bare = bare.filter { $0.year + Self.reach >= newest ?? 0 }
  }

  private static func isAim(_ place: Int, _ aims: Lexicon, _ scan: Scan) -> Bool {
    (1...3).contains { length in
      place >= length
        && aims.matches(in: scan, at: place - length, before: place)
          .contains { $0.tokens.upperBound == place }
    }
  }

  /// Whether a date of this year and month at `place` may be the report's own: nothing newer is told, and
  /// the year stands in the date's own sentence or where the report opens. A year that only some later
  /// sentence tells says no more than that the report is not older. A date with a year of its own must
  /// stand in the opening; of one without, a month, quarter or day not far off must be told, for a year
  /// alone, or one of another season, is seldom that of the report.
  func isReports(
    _ year: Int, _ month: Int, hasYear: Bool, at place: Int, in sentence: Range<Int>, opening: Int
  ) -> Bool {
    if given != nil { return true }
    guard hasYear ? place < opening : months.contains(12 * year + month),
      year >= Self.firstOnline, year + Self.reach >= newest ?? year,
      let places = places[year], let first = places.first
    else { return false }
    if first < opening { return true }
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < sentence.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < places.count && sentence.contains(places[low])
  }

  /// In months.
  private static let season = 2

  /// Vietnamese newspapers are on the web since 1997: what tells of no later year tells of the past.
  private static let firstOnline = 1997

  /// The year of a date or month at `place` (a token number) that gives none, and what it was taken from.
  func year(month: Int?, day: Int?, near place: Int) -> (year: Int, basis: String)? {
    if let given {
      return (Self.nearest(to: given, month: month, day: day), "year from \(givenBasis)")
    }
    let best = Self.nearest(to: place, in: particular) ?? Self.nearest(to: place, in: bare)
    return best.map { ($0.year, "year from \(scan.string($0.tokens))") }
  }

  /// The item that begins nearest to `place`, the earlier of two as near.
  private static func nearest(to place: Int, in items: [Explicit]) -> Explicit? {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if items[middle].tokens.lowerBound < place { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return items.first }
    guard low < items.count else { return items.last }
    let (before, after) = (items[low - 1], items[low])
    return place - before.tokens.lowerBound <= after.tokens.lowerBound - place ? before : after
  }

  /// With a whole date given, the year that brings the month and day nearest to it.
  private static func nearest(to given: PartialDate, month: Int?, day: Int?) -> Int {
    guard let anchor = CalendarDay(given), let month else { return given.year }
    let years = [given.year, given.year - 1, given.year + 1]
    let distances = years.compactMap { year in
      CalendarDay(PartialDate(year: year, month: month, day: day ?? 15)).map {
        (year, abs($0 - anchor))
      }
    }
    return distances.min { $0.1 < $1.1 }?.0 ?? given.year
  }
}

extension TimeExpression {
  /// The months that the expression gives with a year of its own.
  var explicitMonths: ClosedRange<Int>? {
    switch self {
    case .point(let point): point.month.map { $0...$0 }
    case .quarter(_, let quarter): (3 * quarter - 2)...(3 * quarter)
    case .months(_, let from, let to): from <= to ? from...to : nil
    case .span(_, let to): to.explicitMonths
    default: nil
    }
  }

  /// A year that the expression itself gives, and whether it is more particular than a bare year.
  /// Spans of years (terms of office, periods) give none: they reach far from the article's day.
  var explicitYear: (Int, Bool)? {
    switch self {
    case .point(let point):
      guard case .known(let year) = point.year else { return nil }
      return (year, point.month != nil)
    case .quarter(.known(let year), _), .months(.known(let year), _, _): return (year, true)
    case .marked(.known(let year), _): return (year, false)
    case .span(let from, let to):
      guard let (year, isParticular) = to.explicitYear, isParticular,
        from.explicitYear?.1 != false
      else { return nil }
      return (year, true)
    default: return nil
    }
  }
}
