internal import DanvanExtract
internal import DanvanModel
internal import DanvanStore

/// A later article that seems to report on a directive.
public struct FollowUp: Sendable {
  /// 0 to 1.
  public let score: Double
  /// Sentences on what speaks for it.
  public let reasons: [String]
  public let source: FactSource
}

/// Looks for later articles that seem to report on a directive: they name its addressee, tell of the same
/// places, a sentence of theirs says much of what was to be done, and tells of doing. They are proposals, and
/// no more.
///
/// Every province has its `Sở Y tế`: an article that tells of other places only is none, unless the addressee
/// names its place.
struct FollowUps {
  let desk: Desk
  let reader: DeskReader

  /// Articles looked at; the earliest after the directive.
  private static let mostRead = 60
  private static let mostDays: Int32 = 2 * 366
  private static let most = 5
  /// Of the pairs of neighbouring words of the action, a sentence says so large a part.
  private static let leastShare = 0.2

  func of(_ item: DirectiveItem) throws -> [FollowUp] {
    guard let day = item.source.day?.dayNumber else { return [] }
    let pairs = Set(Self.pairs(Self.terms(item.fact.action)))
    guard pairs.count >= 3 else { return [] }
    let verbs = Set(try desk.rules?.words("action-verbs").map { Self.terms($0.word) } ?? [])
    var places = ArticlePlaces(offices: desk.engine.offices)
    let home = places.places(of: try reader.shelf.article(item.source.article))
    let isSpecific = item.fact.addressee.map { places.place(of: $0) != nil } ?? false
    var found: [FollowUp] = []
    for (id, namesAddressee) in try candidates(item, from: day) {
      guard let article = try reader.shelf.article(id),
        let best = Self.bestSentence(of: article, pairs, verbs)
      else { continue }
      let there = places.places(of: article)
      let shared = there.filter { home[$0.key] != nil }.min { $0.key < $1.key }
      let isElsewhere = shared == nil && !home.isEmpty && !there.isEmpty
      if isElsewhere, !(namesAddressee && isSpecific) { continue }
      var reasons = [
        "a sentence holds \(best.shared) of the \(pairs.count) word pairs of what was to be done"
      ]
      if namesAddressee, let addressee = item.fact.addressee {
        reasons.insert("names \(addressee)", at: 0)
      }
      if let shared { reasons.append("tells of \(shared.value)") }
      if let verb = best.verb { reasons.append("tells of doing: \(verb)") }
      let addressee = !namesAddressee ? 0 : isSpecific || shared != nil ? 0.3 : 0.1
      let score =
        0.5 * min(1, Double(best.shared) / Double(pairs.count) / 0.6) + addressee
        + (shared == nil ? 0 : 0.1) + (best.verb == nil ? 0 : 0.1)
      found.append(
        FollowUp(
          score: (score * 100).rounded() / 100, reasons: reasons,
          source: reader.shelf.source(article, best.range, item.fact.evidence)))
    }
    return Array(
      found.sorted { ($1.score, $0.source.article) < ($0.score, $1.source.article) }
        .prefix(Self.most))
  }

  /// Later articles that name the addressee, else those that hold the action's words.
  private func candidates(_ item: DirectiveItem, from day: Int32) throws
    -> [(ArticleID, namesAddressee: Bool)]
  {
    guard let first = PartialDate(dayNumber: day),
      let last = PartialDate(dayNumber: day + Self.mostDays)
    else { return [] }
    let dated = StoreQuery.dated(from: first, before: last)
    func matching(_ query: String) throws -> [ArticleID] {
      guard let parsed = try? QueryParser.parse(query),
        let plan = try? desk.plan(parsed, marks: .automatic)
      else { return [] }
      let ids = try reader.snapshot.matching(.all([plan.query, dated]))
      return Array(ids.reversed().filter { $0 != item.source.article }.prefix(Self.mostRead))
    }
    var all: [(ArticleID, namesAddressee: Bool)] = []
    if let addressee = item.fact.addressee {
      all = try matching("\"\(Self.terms(addressee).joined(separator: " "))\"").map { ($0, true) }
    }
    let seen = Set(all.map(\.0))
    let opening = Self.terms(item.fact.action).prefix(4).joined(separator: " ")
    let alike = try matching("\"\(opening)\"").filter { !seen.contains($0) }.map { ($0, false) }
    return all + alike
  }

  private static func bestSentence(
    of article: StoredArticle, _ pairs: Set<String>, _ verbs: Set<[String]>
  ) -> (range: TextRange, shared: Int, verb: String?)? {
    var best: (range: TextRange, shared: Int, verb: String?)?
    for (range, sentence) in pieces(of: article.text ?? "") {
      let terms = terms(sentence)
      let shared = Set(self.pairs(terms)).intersection(pairs).count
      guard Double(shared) >= leastShare * Double(pairs.count), shared > max(1, best?.shared ?? 0)
      else { continue }
      let verb = verbs.filter { holds(terms, $0) }.map { $0.joined(separator: " ") }.min()
      best = (range, shared, verb)
    }
    return best
  }

  /// The text cut at full stops and line ends; ranges are UTF-8 bytes.
  private static func pieces(of text: String) -> [(TextRange, String)] {
    var pieces: [(TextRange, String)] = []
    let bytes = Array(text.utf8)
    var start = 0
    for index in 0...bytes.count {
      let ends =
        index == bytes.count || bytes[index] == 0x0A
        || (bytes[index] == 0x2E && index + 1 < bytes.count && bytes[index + 1] == 0x20)
      guard ends else { continue }
      if index > start, let piece = String(validating: bytes[start..<index], as: UTF8.self) {
        pieces.append((TextRange(start, index), piece))
      }
      start = index + 1
    }
    return pieces
  }

  private static func terms(_ text: String) -> [String] {
    SyllableTokenizer().places(of: text).compactMap { $0.first }.compactMap {
      String(validating: $0, as: UTF8.self)
    }
  }

  private static func pairs(_ terms: [String]) -> [String] {
    zip(terms, terms.dropFirst()).map { "\($0) \($1)" }
  }

  private static func holds(_ terms: [String], _ words: [String]) -> Bool {
    guard !words.isEmpty, words.count <= terms.count else { return false }
    return (0...terms.count - words.count).contains {
      terms[$0..<$0 + words.count].elementsEqual(words)
    }
  }
}
