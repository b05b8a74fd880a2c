import DanvanModel
import DanvanText

/// Decides the document date and gives every time expression its value.
struct TimeResolver: Sendable {
  private let dating: DocumentDating
  /// Words of what is to come: with them a month far ahead is not last year's.
  private let ahead: Lexicon
  /// Words before the day or year of a birth.
  private let births: Lexicon
  /// Words right before a date that make it a limit or an aim.
  private let aims: Lexicon

  init(_ rules: RuleSet) throws {
    births = try rules.lexicon("time-births")
    aims = try rules.lexicon("time-aims")
    dating = try DocumentDating(rules)
    ahead = try rules.lexicon("time-ahead")
  }

  /// The document date, and the expressions in their order with value and basis.
  func resolve(_ expressions: [TimeMention], in scan: Scan) -> (DocumentDate?, [TimeMention]) {
    let expressions = expressions.map { mention in
      var mention = mention
      mention.tellsLife = tellsLife(mention.tokens.lowerBound, scan)
      return mention
    }
    let stamp = dating.stamp(expressions)
    let published = scan.article.published
    let years = YearInference(
      expressions, given: published.flatMap { $0.isWhole ? $0 : nil } ?? stamp ?? published,
      basis: published?.isWhole != true && stamp != nil ? "the stamp" : "the given date",
      aims: aims, in: scan)
    let date = dating.date(of: expressions, years: years, in: scan)
    let year = date?.date.year ?? published?.year
    var valuation = TimeValuation(
      expressions: expressions, document: date?.date, documentYear: year, years: years)
    var zones = ZoneCursor(scan.sentences)
    var told: (sentence: Range<Int>, looksAhead: Bool)?
    // What counts from something untold (`hai ngày sau`) names no time and is dropped.
    let resolved = expressions.enumerated().compactMap { number, mention -> TimeMention? in
      var mention = mention
      let sentence = zones.sentence(at: mention.tokens.lowerBound)?.tokens ?? mention.tokens
      if told?.sentence != sentence { told = (sentence, looksAhead(sentence, scan)) }
      (mention.value, mention.basis) = valuation.value(
        of: number, in: sentence, looksAhead: told?.looksAhead ?? false)
      return mention.value == nil ? nil : mention
    }
    return (date, resolved)
  }

  private func tellsLife(_ place: Int, _ scan: Scan) -> Bool {
    (1...3).contains { length in
      place >= length
        && births.matches(in: scan, at: place - length, before: place)
          .contains { $0.tokens.upperBound == place }
    }
  }

  private func looksAhead(_ sentence: Range<Int>, _ scan: Scan) -> Bool {
    sentence.contains { ahead.longestMatch(in: scan, at: $0, before: sentence.upperBound) != nil }
  }
}
