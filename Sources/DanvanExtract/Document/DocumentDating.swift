import DanvanModel
import DanvanText

/// Finds the day that an article reports from: a page's stamp, a dateline, the day of its main event.
struct DocumentDating: Sendable {
  /// Words right before a date that make it a limit or an earlier day.
  private let elsewhere: Lexicon
  /// Words of what is to come; those of the kind `coming` say it of the date beside them.
  private let ahead: Lexicon
  private let stampRule = "time.stamp"
  private static let least = 30

  init(_ rules: RuleSet) throws {
    elsewhere = try rules.lexicon("time-elsewhere")
    ahead = try rules.lexicon("time-ahead")
    for id in ["stamp", "event", "given"] { _ = try rules.evidence("document.date." + id) }
  }

  /// The stamp's day, where the page has one: it serves as a date given from outside.
  func stamp(_ mentions: [TimeMention]) -> PartialDate? {
    for mention in mentions.reversed() where mention.evidence.rule == stampRule {
      if case .point(let point) = mention.expression, case .known(let year) = point.year,
        let date = PartialDate(year: year, month: point.month, day: point.day)
      {
        return date
      }
    }
    return nil
  }

  /// Nil where nothing tells the day.
  func date(of mentions: [TimeMention], years: YearInference, in scan: Scan) -> DocumentDate? {
    let published = scan.article.published
    if let stamp = stamp(mentions) { return DocumentDate(stamp, basis: "stamp") }
    var best: (score: Int, day: CalendarDay, basis: String)?
    var zones = ZoneCursor(scan.sentences)
    let opening = endOfOpening(scan)
    for mention in mentions where !mention.tellsLife {
      guard let point = mention.expression.lastPoint, let month = point.month, let day = point.day,
        let sentence = zones.sentence(at: mention.tokens.lowerBound),
        let year = self.year(point, month, day, mention, years),
        published.map({ abs($0.year - year) <= 1 })
          ?? years.isReports(
            year, month, hasYear: point.year != .missing, at: mention.tokens.lowerBound,
            in: sentence.tokens, opening: opening),
        let date = CalendarDay(PartialDate(year: year, month: month, day: day))
      else { continue }
      let score = self.score(point, mention, sentence, scan)
      if score >= Self.least, score > best?.score ?? 0 {
        let basis = sentence.zone == .dateline ? "dateline" : "event"
        best = (score, date + -(point.daysFromToday ?? 0), basis)
      }
    }
    if let published, let whole = CalendarDay(published),
      best.map({ abs($0.day - whole) > 31 }) ?? true
    {
      return DocumentDate(published, basis: "given")
    }
    return best.flatMap { best in best.day.date.map { DocumentDate($0, basis: best.basis) } }
  }

  /// Where the first sentences of the report end, headline and dateline with them.
  private func endOfOpening(_ scan: Scan) -> Int {
    let later = scan.sentences.dropFirst(Self.opening).first { $0.zone == .body }
    return later?.tokens.lowerBound ?? scan.tokens.count
  }

  /// How many sentences open a report.
  private static let opening = 5

  private func year(
    _ point: CalendarPoint, _ month: Int, _ day: Int, _ mention: TimeMention,
    _ years: YearInference
  ) -> Int? {
    if case .known(let year) = point.year { return year }
    return years.year(month: month, day: day, near: mention.tokens.lowerBound)?.year
  }

  /// How likely the day is the article's own: it opens a sentence, stands early, or is called today.
  private func score(
    _ point: CalendarPoint, _ mention: TimeMention, _ sentence: Sentence, _ scan: Scan
  ) -> Int {
    var score = 0
    if point.daysFromToday != nil { score += 100 }
    if opensSentence(mention.tokens.lowerBound, sentence, scan) {
      score += sentence.zone == .body && !opensParagraph(sentence, scan) ? 20 : 40
    }
    if point.part != nil || point.hour != nil { score += 15 }
    if point.year == .missing { score += 15 }
    switch sentence.zone {
    case .dateline: score += 60
    case .lead: score += 25
    case .caption: score += 10
    case .body: score += sentence.paragraph <= 2 ? 15 : 0
    case .headline, .byline, .attribution, .keywords: break
    }
    if isElsewhere(mention.tokens, sentence, scan) { score -= 60 }
    if point.daysFromToday == nil, isComing(mention.tokens, sentence, scan) { score -= 30 }
    return score
  }

  /// Whether a word right before makes it a limit or an earlier day, or a clause a little before does.
  private func isElsewhere(_ date: Range<Int>, _ sentence: Sentence, _ scan: Scan) -> Bool {
    (date.lowerBound - 4..<date.lowerBound).clamped(to: sentence.tokens).contains { start in
      elsewhere.longestMatch(in: scan, at: start, before: date.lowerBound).map {
        $0.tokens.upperBound == date.lowerBound || $0.entry.field(0) == "clause"
      } ?? false
    }
  }

  /// Whether the words near it tell of a day to come.
  private func isComing(_ date: Range<Int>, _ sentence: Sentence, _ scan: Scan) -> Bool {
    let near = (date.lowerBound - 8..<date.upperBound + 12).clamped(to: sentence.tokens)
    return near.contains {
      ahead.longestMatch(in: scan, at: $0, before: near.upperBound)?.entry.field(0) == "coming"
    }
  }

  private func opensParagraph(_ sentence: Sentence, _ scan: Scan) -> Bool {
    scan.token(sentence.tokens.lowerBound - 1).map { $0.kind == .newline } ?? true
  }

  /// Whether nothing but a dateline, a bullet or a small preposition precedes it.
  private func opensSentence(_ place: Int, _ sentence: Sentence, _ scan: Scan) -> Bool {
    var start = sentence.tokens.lowerBound
    guard place - start <= 10 else { return false }
    let ends = [PunctuationKey.dash, PunctuationKey.closingParenthesis]
    if let end = (start..<place).last(where: { ends.contains(scan.tokens[$0].key) }) {
      start = end + 1
    }
    return place - start <= 1
  }
}

extension TimeExpression {
  /// The point itself, or a span's last.
  var lastPoint: CalendarPoint? {
    switch self {
    case .point(let point): point
    case .span(_, let to): to.lastPoint
    default: nil
    }
  }
}

/// Gives the sentence of each place, asked in rising order.
struct ZoneCursor {
  private let sentences: [Sentence]
  private var index = 0

  init(_ sentences: [Sentence]) { self.sentences = sentences }

  mutating func sentence(at place: Int) -> Sentence? {
    while index < sentences.count, sentences[index].tokens.upperBound <= place { index += 1 }
    return index < sentences.count && sentences[index].tokens.contains(place)
      ? sentences[index] : nil
  }
}
