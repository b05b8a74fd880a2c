internal import DanvanModel
internal import DanvanStore
internal import DanvanText

/// The articles that one answer quotes, each read once.
final class ArticleShelf {
  private let snapshot: Snapshot
  private var articles: [ArticleID: StoredArticle?] = [:]

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// Nil for one that is not there or is damaged: an answer about many does not fail for one.
  func article(_ id: ArticleID) throws -> StoredArticle? {
    if let known = articles[id] { return known }
    let article: StoredArticle?
    do {
      article = try snapshot.article(id, parts: [.text, .facts], verifying: false)
    } catch let error as DanvanError where error.code == .dataLoss {
      article = nil
    }
    articles[id] = .some(article)
    return article
  }

  func source(_ article: StoredArticle, _ range: TextRange, _ evidence: Evidence) -> FactSource {
    let header = article.header
    return FactSource(
      article: article.id, day: Self.day(of: header), title: header.title,
      outlet: header.source ?? header.publisher, range: range,
      sentence: Self.sentence(in: article.text ?? "", at: range), evidence: evidence)
  }

  func position(_ known: KnownPosition) throws -> FactSource? {
    guard let article = try article(known.article), let facts = article.facts,
      facts.positions.indices.contains(known.number)
    else { return nil }
    let fact = facts.positions[known.number]
    return source(article, fact.range, fact.evidence)
  }

  /// The day by which the article is sorted, where it can be.
  static func day(of header: ArticleHeader) -> PartialDate? {
    let given = header.published.flatMap { $0.isWhole ? $0 : nil }
    let day = given ?? header.date?.date ?? header.published
    // A day to come is none that an article can report from.
    return day.flatMap { $0.dayNumber <= Snapshot.today + 1 ? $0 : nil }
  }

  /// The day of an article that is stated whole, by its sender or itself, and not taken from an event that it
  /// tells of.
  static func statedDay(of header: ArticleHeader) -> PartialDate? {
    guard let day = day(of: header), day.isWhole,
      header.published?.isWhole ?? false || header.date.map({ $0.basis != "event" }) ?? false
    else { return nil }
    return day
  }

  /// The sentence that holds the range; where the range holds several, the first of them.
  static func sentence(in text: String, at range: TextRange) -> String {
    sentenceFound(in: text, at: range)?.words ?? ""
  }

  /// That sentence, and its bytes; nil for a range that is not in the text.
  static func sentenceFound(in text: String, at range: TextRange) -> (
    words: String, range: TextRange
  )? {
    var text = text
    return text.withUTF8 { bytes in
      guard range.start < bytes.count, range.end <= bytes.count else { return nil }
      let opening = bytes[..<range.start].suffix(longest).lastIndex(of: 0x0A).map { $0 + 1 }
      let closing = bytes[range.start...].prefix(longest).firstIndex(of: 0x0A)
      var start = opening ?? max(0, range.start - longest)
      var end = closing ?? min(bytes.count, range.start + longest)
      // Not through a letter.
      while start < range.start, bytes[start] & 0xC0 == 0x80 { start += 1 }
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      guard let paragraph = String(validating: bytes[start..<end], as: UTF8.self) else {
        return nil
      }
      let tokens = Tokens(NormalizedText(paragraph))
      let sentences = Layout(tokens, headlineGiven: false).sentences
      let found = sentences.first { tokens.storedRange($0.tokens).upperBound > range.start - start }
      guard let found else { return (paragraph, TextRange(start, max(start, end))) }
      let place = tokens.storedRange(found.tokens)
      return (
        tokens.string(found.tokens), TextRange(start + place.lowerBound, start + place.upperBound)
      )
    }
  }

  /// UTF-8 bytes looked at on either side.
  private static let longest = 3_000
}
