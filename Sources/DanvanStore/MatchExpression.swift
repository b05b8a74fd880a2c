internal import DanvanModel

/// Turns those parts of a query that one full-text table can answer into its MATCH language.
enum MatchExpression {
  enum Table: String, CaseIterable {
    case articles = "article_index"
    case names = "name_index"
    case ranks = "rank_index"

    /// In the order in which the index has them.
    private var columns: [String] {
      switch self {
      case .articles: ["text", "title"]
      case .names: NameColumns.fields.map(\.rawValue)
      case .ranks: ["title", "high"]
      }
    }

    func number(of column: String) throws -> UInt64 {
      guard let number = columns.firstIndex(of: column) else {
        throw DanvanError(.internalError, "\(rawValue) has no column \(column)")
      }
      return UInt64(number)
    }

    /// Whether it knows at which places of a column a term stands.
    var hasPlaces: Bool { self != .ranks }
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
    case .everything, .nothing, .ids, .dated, .tagged, .written, .not:
      return nil
    }
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

  /// The phrase in one column, or in any where that is nil.
  static func text(of places: [[[UInt8]]], in column: String?) -> String? {
    let string = string(of: TermPhrase(field: .anywhere, places: places))
    return string.map { text in column.map { "\($0) : \(text)" } ?? text }
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
    case .person, .post, .organization, .place, .source, .publisher, .instrument, .campaign, .kind,
      .topic:
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
    case .everything, .nothing, .ids, .dated, .tagged, .written, .not: []
    }
  }
}
