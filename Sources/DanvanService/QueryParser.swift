internal import DanvanModel
internal import DanvanStore

/// Reads the query language; docs/query-language.md is its grammar:
///
///     query    = sequence { ("OR" | "|") sequence }
///     sequence = item { ["AND"] item }            words side by side must all be there
///     item     = ("-" | "NOT") item | near | [field ":"] operand
///     near     = operand "NEAR" ["/" number] operand { … }
///     operand  = word | word"*" | "phrase" | "(" query ")"
struct QueryParser {
  /// A query may hold so many terms and so many brackets within each other.
  static let termLimit = 64
  static let depthLimit = 24
  static let byteLimit = 4_096
  /// How many syllables NEAR lets stand between, unless told, and at most.
  static let nearDefault = 10
  static let nearLimit = 100

  private let tokens: [QueryLexer.Placed]
  private let end: Int
  private let today: PartialDate
  private var position = 0
  private var terms = 0
  private var depth = 0

  /// An empty query is `everything`; `hôm-qua` and its like are counted from `today`. Throws `invalidArgument`, naming the column, for a query that
  /// cannot be read or goes beyond the limits.
  static func parse(_ text: String, today: PartialDate = .today) throws -> Query {
    guard text.utf8.count <= byteLimit else {
      throw DanvanError.invalid("the query is longer than \(byteLimit) bytes")
    }
    var parser = QueryParser(
      tokens: try QueryLexer.tokens(of: text), end: text.count + 1, today: today)
    guard !parser.tokens.isEmpty else { return .everything }
    let query = try parser.either()
    if let extra = parser.current {
      throw QueryLexer.error(extra.column, "a bracket is closed that was not opened")
    }
    return query
  }

  private init(tokens: [QueryLexer.Placed], end: Int, today: PartialDate) {
    self.tokens = tokens
    self.end = end
    self.today = today
  }

  private var current: QueryLexer.Placed? {
    position < tokens.count ? tokens[position] : nil
  }

  private mutating func either() throws -> Query {
    var choices = [try sequence()]
    while current?.token == .or {
      position += 1
      choices.append(try sequence())
    }
    return choices.count == 1 ? choices[0] : .any(choices)
  }

  private mutating func sequence() throws -> Query {
    var items: [Query] = []
    while let next = current, next.token != .close, next.token != .or {
      if next.token == .and, !items.isEmpty { position += 1 }
      items.append(try nearby(item(in: nil), in: nil))
    }
    guard let first = items.first else {
      throw QueryLexer.error(current?.column ?? end, "something to search for is missing here")
    }
    return items.count == 1 ? first : .all(items)
  }

  /// The item, or the NEAR that it begins.
  private mutating func nearby(_ first: Query, in field: SearchField?) throws -> Query {
    guard let sign = current, case .near(var distance) = sign.token else { return first }
    guard case .term(let term) = first else {
      throw QueryLexer.error(sign.column, "NEAR stands between two words or phrases")
    }
    var terms = [term]
    while let next = current, case .near(let wanted) = next.token {
      position += 1
      distance = terms.count == 1 ? wanted : max(distance, wanted)
      guard case .term(let term) = try item(in: field), term.field == terms[0].field else {
        throw QueryLexer.error(
          next.column, "NEAR stands between two words or phrases, both of the same field")
      }
      terms.append(term)
    }
    return .near(terms, within: distance)
  }

  private mutating func item(in field: SearchField?) throws -> Query {
    guard let next = current else {
      throw QueryLexer.error(end, "something to search for is missing here")
    }
    position += 1
    switch next.token {
    case .not:
      return .not(try deeper(next.column) { try $0.item(in: field) })
    case .open:
      return try deeper(next.column) { try $0.group(next.column, in: field) }
    case .word(let text, let isPrefix):
      return try term(text, field, isQuoted: false, isPrefix, next.column)
    case .quoted(let text, let isPrefix):
      return try term(text, field, isQuoted: true, isPrefix, next.column)
    case .field(let named, let name):
      guard field == nil else {
        throw QueryLexer.error(next.column, "a field within a field")
      }
      return try value(of: named, name, next.column)
    case .close, .or, .and, .near:
      throw QueryLexer.error(next.column, "something to search for is missing here")
    }
  }

  /// What follows an opened bracket. Within a field every term is of that field.
  private mutating func group(_ column: Int, in field: SearchField?) throws -> Query {
    let query: Query
    if let field {
      var choices: [Query] = []
      var items: [Query] = []
      while let next = current, next.token != .close {
        if next.token == .or {
          position += 1
          choices.append(items.count == 1 ? items[0] : .all(items))
          items = []
        } else {
          items.append(try nearby(item(in: field), in: field))
        }
      }
      choices.append(items.count == 1 ? items[0] : .all(items))
      guard !choices.contains(.all([])) else {
        throw QueryLexer.error(column, "something to search for is missing in these brackets")
      }
      query = choices.count == 1 ? choices[0] : .any(choices)
    } else {
      query = try either()
    }
    guard current?.token == .close else {
      throw QueryLexer.error(column, "the bracket is not closed")
    }
    position += 1
    return query
  }

  private mutating func value(
    of field: QueryNames.Field, _ name: String, _ column: Int
  ) throws -> Query {
    guard let next = current, next.isAttached else {
      throw QueryLexer.error(
        column + name.count + 1, "'\(name):' needs a value right after the colon")
    }
    if case .text(let field) = field { return try item(in: field) }
    guard case .word(let text, isPrefix: false) = next.token else {
      guard case .quoted(let text, isPrefix: false) = next.token else {
        throw QueryLexer.error(next.column, "'\(name):' needs one value")
      }
      position += 1
      return try valueQuery(field, text, next.column)
    }
    position += 1
    return try valueQuery(field, text, next.column)
  }

  private mutating func valueQuery(
    _ field: QueryNames.Field, _ text: String, _ column: Int
  ) throws -> Query {
    switch field {
    case .text(let field):
      return try term(text, field, isQuoted: true, false, column)
    case .kind:
      guard let kind = QueryNames.kind(text) else {
        throw QueryLexer.error(
          column, "unknown kind '\(text)'" + QueryNames.kindHint(text))
      }
      return try term(FactKindTerm.of(kind), .kind, isQuoted: true, false, column)
    case .id:
      let ids = text.split(separator: ",", omittingEmptySubsequences: false).map { Int64($0) }
      let valid = ids.compactMap { $0 }.filter { $0 > 0 }
      guard valid.count == ids.count else {
        throw QueryLexer.error(column, "'\(text)' is no article number")
      }
      return .ids(Set(valid.map { ArticleID($0) }))
    case .language:
      guard let language = QueryNames.language(text) else {
        throw QueryLexer.error(
          column, "unknown language '\(text)'" + QueryNames.languageHint)
      }
      return .written(in: language)
    case .tag:
      return .tagged(try TagName.checked(text, column))
    case .saved:
      return .saved(text, column: column)
    case .after, .before, .during:
      guard let period = QueryPeriod.reading(text, today: today) else {
        throw QueryLexer.error(
          column,
          "'\(text)' is no date; write 2021, 2021-03, 2021-03-26, 2021-Q1, quý-I-2021, hôm-qua, 30d or 2020..2021-03"
        )
      }
      guard !period.isEmpty else {
        throw QueryLexer.error(column, "'\(text)' ends before it begins")
      }
      switch field {
      case .after: return .dated(from: period.first, before: nil)
      case .before: return .dated(from: nil, before: period.first)
      default: return .dated(from: period.first, before: period.next)
      }
    }
  }

  private mutating func term(
    _ text: String, _ field: SearchField?, isQuoted: Bool, _ isPrefix: Bool, _ column: Int
  ) throws -> Query {
    terms += 1
    guard terms <= Self.termLimit else {
      throw QueryLexer.error(column, "more than \(Self.termLimit) terms")
    }
    return .term(
      QueryTerm(
        text: text, field: field ?? .anywhere, isQuoted: isQuoted, isPrefix: isPrefix,
        column: column))
  }

  private mutating func deeper(
    _ column: Int, _ body: (inout QueryParser) throws -> Query
  ) throws -> Query {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw QueryLexer.error(column, "more than \(Self.depthLimit) brackets within each other")
    }
    return try body(&self)
  }
}
