import DanvanModel

/// Finds the year that an article leaves out.
///
/// A year given from outside outranks everything; without it the nearest explicit quarter, month or
/// year of the article decides.
struct YearInference {
  private let given: PartialDate?
  private let givenBasis: String
  private typealias Explicit = (year: Int, tokens: Range<Int>)
  /// Years given with a month, day or quarter, and bare ones; both in order of the text.
  private let particular: [Explicit]
  private let bare: [Explicit]
  private let scan: Scan

  /// `given` is a date known from outside the text or from a page's stamp, whole or partial.
  init(_ mentions: [TimeMention], given: PartialDate?, basis: String, in scan: Scan) {
    self.given = given
    givenBasis = basis
    self.scan = scan
    var (particular, bare): ([Explicit], [Explicit]) = ([], [])
    for mention in mentions where !mention.tellsLife {
      guard let (year, isParticular) = mention.expression.explicitYear else { continue }
      if isParticular {
        particular.append((year, mention.tokens))
      } else {
        bare.append((year, mention.tokens))
      }
    }
    self.particular = particular
    self.bare = bare
  }

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
