import DanvanModel

/// Finds the year that an article leaves out.
///
/// A year given from outside outranks everything; without it the nearest explicit quarter, month or
/// year of the article decides.
struct YearInference {
  private let given: PartialDate?
  private let givenBasis: String
  private let explicit: [(year: Int, isParticular: Bool, tokens: Range<Int>)]
  private let scan: Scan

  /// `given` is a date known from outside the text or from a page's stamp, whole or partial.
  init(_ mentions: [TimeMention], given: PartialDate?, basis: String, in scan: Scan) {
    self.given = given
    givenBasis = basis
    self.scan = scan
    explicit = mentions.compactMap { mention in
      guard let (year, isParticular) = mention.expression.explicitYear else { return nil }
      return (year, isParticular, mention.tokens)
    }
  }

  /// The year of a date or month at `place` (a token number) that gives none, and what it was taken from.
  func year(month: Int?, day: Int?, near place: Int) -> (year: Int, basis: String)? {
    if let given {
      return (Self.nearest(to: given, month: month, day: day), "year from \(givenBasis)")
    }
    let best = explicit.min { rank($0, place) < rank($1, place) }
    return best.map { ($0.year, "year from \(scan.string($0.tokens))") }
  }

  private func rank(
    _ item: (year: Int, isParticular: Bool, tokens: Range<Int>), _ place: Int
  ) -> (Int, Int) {
    (item.isParticular ? 0 : 1, abs(item.tokens.lowerBound - place))
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
