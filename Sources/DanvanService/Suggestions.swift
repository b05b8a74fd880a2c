internal import DanvanModel
internal import DanvanStore
internal import DanvanText

/// Other wordings of a query that finds nothing: what Telex or VNI keys would have written, other
/// tones, words one letter away. They are offered, never searched in place of the query.
struct Suggestions {
  private let desk: Desk
  private let snapshot: Snapshot
  private let tokenizer = SyllableTokenizer()

  private static let limit = 3
  /// Wordings that are tried, each a small search.
  private static let trialLimit = 24

  init(_ desk: Desk, _ snapshot: Snapshot) {
    self.desk = desk
    self.snapshot = snapshot
  }

  /// At most three queries that do find something, the likeliest first.
  func wordings(of query: String, _ readings: [TermReading]) throws -> [String] {
    let normalized = NormalizedText(query)
    let characters = Array(normalized.string(0..<normalized.bytes.count))
    var found: [String] = []
    var trials = 0
    // Every term repaired at once, then one at a time.
    let repairs = readings.map { (term: $0.term, texts: texts(for: $0)) }.filter {
      !$0.texts.isEmpty
    }
    var candidates: [[(QueryTerm, String)]] = []
    if repairs.count > 1 { candidates.append(repairs.map { ($0.term, $0.texts[0]) }) }
    for repair in repairs { candidates += repair.texts.map { [(repair.term, $0)] } }
    for candidate in candidates where found.count < Self.limit && trials < Self.trialLimit {
      trials += 1
      guard let text = replaced(characters, candidate), text != query, !found.contains(text),
        let parsed = try? QueryParser.parse(text),
        let plan = try? desk.plan(parsed, marks: .automatic)
      else { continue }
      if try snapshot.search(plan.query, order: .newest, limit: 1).total > 0 { found.append(text) }
    }
    return found
  }

  /// Other wordings of one term, the likeliest first; none where its words are all known as typed.
  private func texts(for reading: TermReading) -> [String] {
    let words = reading.term.text.split(whereSeparator: \.isWhitespace).map(String.init)
    let alternatives = words.map(alternatives(to:))
    guard alternatives.contains(where: { !$0.isEmpty }) else { return [] }
    let most = alternatives.map(\.count).max() ?? 0
    return (0..<most).map { rank in
      zip(words, alternatives).map { word, others in
        others.isEmpty ? word : others[min(rank, others.count - 1)]
      }.joined(separator: " ")
    }
  }

  private func alternatives(to word: String) -> [String] {
    guard let term = tokenizer.places(of: word).first?.first else { return [] }
    let typed = TypingResidue.readings(of: word).filter { desk.store.hasTerm(Array($0.utf8)) }
    if !typed.isEmpty { return typed }
    let plain = tokenizer.plain(term)
    let toned = desk.store.terms(ofPlain: plain)
    // A word typed without marks has been searched in all its tones.
    if !toned.isEmpty { return plain == term ? [] : frequent(toned.filter { $0 != term }) }
    return frequent(desk.store.terms(oneLetterFrom: plain))
  }

  /// The first few of the terms that most articles hold.
  private func frequent(_ terms: [[UInt8]]) -> [String] {
    let counted = terms.prefix(40).map { term in
      let query = StoreQuery.phrase(TermPhrase(field: .anywhere, places: [[term]]))
      return (term, (try? snapshot.search(query, order: .newest, limit: 1).total) ?? 0)
    }
    return counted.sorted { $0.1 > $1.1 }.prefix(4)
      .compactMap { String(validating: $0.0, as: UTF8.self) }
  }

  /// The query with terms replaced where they stand.
  private func replaced(
    _ characters: [Character], _ changes: [(term: QueryTerm, text: String)]
  ) -> String? {
    var characters = characters
    for (term, text) in changes.sorted(by: { $0.term.column > $1.term.column }) {
      let isQuote: (Character) -> Bool = { "\"“”„«»".contains($0) }
      var start = term.column - 1
      // A term of a saved search does not stand in this query.
      if start < characters.count, isQuote(characters[start]) { start += 1 }
      let end = start + term.text.count
      guard end <= characters.count, String(characters[start..<end]) == term.text else {
        return nil
      }
      characters.replaceSubrange(start..<end, with: Array(text))
    }
    return String(characters)
  }
}
