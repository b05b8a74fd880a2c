internal import DanvanModel

/// Turns those parts of a query that one full-text table can answer into its MATCH language.
enum MatchExpression {
  enum Table: String, CaseIterable {
    case articles = "article_index"
    case names = "name_index"
  }

  /// The whole of `query` as an expression over `table`, or nil where the table cannot answer it.
  static func text(of query: StoreQuery, in table: Table) -> String? {
    switch query {
    case .phrase(let phrase):
      return phrase.field.table == table ? text(of: phrase) : nil
    case .near(let phrases, let distance):
      return phrases.allSatisfy { $0.field.table == table } ? text(of: phrases, distance) : nil
    case .all(let parts):
      var wanted: [String] = []
      var unwanted: [String] = []
      for part in parts {
        if case .not(let inner) = part {
          guard let text = text(of: inner, in: table) else { return nil }
          unwanted.append(text)
        } else {
          guard let text = text(of: part, in: table) else { return nil }
          wanted.append(text)
        }
      }
      // FTS5 knows "this but not that" only.
      guard !wanted.isEmpty else { return nil }
      let joined = wanted.joined(separator: " AND ")
      return unwanted.isEmpty
        ? "(\(joined))" : "((\(joined)) NOT (\(unwanted.joined(separator: " OR "))))"
    case .any(let parts):
      guard !parts.isEmpty else { return nil }
      let texts = parts.compactMap { text(of: $0, in: table) }
      return texts.count == parts.count ? "(\(texts.joined(separator: " OR ")))" : nil
    case .everything, .nothing, .ids, .dated, .tagged, .not:
      return nil
    }
  }

  /// A word that stands for more forms than this is ranked by the first of them only: BM25 goes
  /// through every match of every form.
  private static let rankedForms = 12

  /// What to rank by: the query itself where the table can answer it, else all that it asks for.
  static func ranking(of query: StoreQuery) -> String? {
    let query = query.limitingForms(to: rankedForms)
    if let text = text(of: query, in: .articles) { return text }
    if case .all(let parts) = query {
      let texts = parts.compactMap { part -> String? in
        if case .not = part { return nil }
        return text(of: part, in: .articles)
      }
      if !texts.isEmpty { return texts.joined(separator: " AND ") }
    }
    let texts = query.wantedPhrases.filter { $0.field.table == .articles }.compactMap(text(of:))
    return texts.isEmpty ? nil : texts.joined(separator: " OR ")
  }

  private static func text(of phrases: [TermPhrase], _ distance: Int) -> String? {
    let strings = phrases.compactMap(string(of:))
    guard let field = phrases.first?.field, strings.count == phrases.count else { return nil }
    let near = "NEAR(\(strings.joined(separator: " ")), \(distance))"
    return field == .anywhere ? near : "\(field.rawValue) : \(near)"
  }

  private static func text(of phrase: TermPhrase) -> String? {
    guard let string = string(of: phrase) else { return nil }
    return phrase.field == .anywhere ? string : "\(phrase.field.rawValue) : \(string)"
  }

  private static func string(of phrase: TermPhrase) -> String? {
    var places: [String] = []
    for terms in phrase.places {
      let usable = terms.filter { term in !term.isEmpty && !term.contains(where: isSyntax) }
        .compactMap { String(validating: $0, as: UTF8.self) }
      guard !usable.isEmpty else { return nil }
      places.append(usable.joined(separator: Self.alternative))
    }
    guard !places.isEmpty else { return nil }
    return "\"\(places.joined(separator: " "))\""
  }

  /// Bytes that mean something in a MATCH string or to `IndexTokenizer`; no term holds them.
  private static func isSyntax(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "\"")
  }

  private static let alternative = String(Unicode.Scalar(TermStream.or))
}

extension SearchField {
  var table: MatchExpression.Table {
    switch self {
    case .anywhere, .title: .articles
    case .person, .post, .organization, .place, .source, .publisher, .instrument, .campaign, .kind:
      .names
    }
  }
}

extension StoreQuery {
  /// The phrases that an article may match by, leaving out those it must not have.
  public var wantedPhrases: [TermPhrase] {
    switch self {
    case .phrase(let phrase): [phrase]
    case .near(let phrases, _): phrases
    case .all(let parts), .any(let parts): parts.flatMap(\.wantedPhrases)
    case .everything, .nothing, .ids, .dated, .tagged, .not: []
    }
  }

  fileprivate func limitingForms(to limit: Int) -> StoreQuery {
    switch self {
    case .phrase(var phrase):
      phrase.places = phrase.places.map { Array($0.prefix(limit)) }
      return .phrase(phrase)
    case .near(let phrases, let distance):
      return .near(
        phrases.map { phrase in
          TermPhrase(field: phrase.field, places: phrase.places.map { Array($0.prefix(limit)) })
        }, within: distance)
    case .all(let parts): return .all(parts.map { $0.limitingForms(to: limit) })
    case .any(let parts): return .any(parts.map { $0.limitingForms(to: limit) })
    case .not(let inner): return .not(inner)
    case .everything, .nothing, .ids, .dated, .tagged: return self
    }
  }
}
