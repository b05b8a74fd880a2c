internal import DanvanModel
internal import DanvanText

/// Cuts a query into its signs and words, each with the column it stands at.
struct QueryLexer {
  enum Token: Equatable {
    case word(String, isPrefix: Bool)
    case quoted(String, isPrefix: Bool)
    /// A field's name with its colon.
    case field(QueryNames.Field, name: String)
    case open
    case close
    case or
    case and
    case not
    /// `NEAR` or `NEAR/5`: at most so many syllables apart.
    case near(Int)
  }
  struct Placed {
    let token: Token
    /// Characters, from 1.
    let column: Int
    /// Whether nothing stands between this token and the one before it.
    let isAttached: Bool
  }

  private let characters: [Character]
  private var position = 0

  /// Throws `invalidArgument`, naming the column, for an unclosed quotation mark or unknown field.
  static func tokens(of query: String) throws -> [Placed] {
    // Composed, so that the language's own words are known in every spelling.
    let normalized = NormalizedText(query)
    var lexer = QueryLexer(
      characters: Array(normalized.string(0..<normalized.bytes.count)))
    var tokens: [Placed] = []
    while let next = try lexer.next() { tokens.append(next) }
    return tokens
  }

  static func error(_ column: Int, _ message: String) -> DanvanError {
    DanvanError.invalid("query, column \(column): \(message)")
  }

  private init(characters: [Character]) { self.characters = characters }

  private var current: Character? { position < characters.count ? characters[position] : nil }
  private var following: Character? {
    position + 1 < characters.count ? characters[position + 1] : nil
  }

  private mutating func next() throws -> Placed? {
    let start = position
    while let character = current, character.isWhitespace { position += 1 }
    guard let character = current else { return nil }
    let column = position + 1
    let isAttached = start == position && position > 0
    func placed(_ token: Token) -> Placed {
      Placed(token: token, column: column, isAttached: isAttached)
    }
    switch character {
    case "(":
      position += 1
      return placed(.open)
    case ")":
      position += 1
      return placed(.close)
    case "|":
      position += following == "|" ? 2 : 1
      return placed(.or)
    case "-" where following.map { !$0.isWhitespace } ?? false:
      position += 1
      return placed(.not)
    default:
      if Self.isQuote(character) { return placed(try quoted(column)) }
      return placed(try word(column))
    }
  }

  private mutating func quoted(_ column: Int) throws -> Token {
    position += 1
    let start = position
    while let character = current, !Self.isQuote(character) { position += 1 }
    guard current != nil else {
      throw Self.error(column, "the quotation mark is not closed; put another at the phrase's end")
    }
    let text = String(characters[start..<position])
    position += 1
    return .quoted(text, isPrefix: takeStar())
  }

  private mutating func word(_ column: Int) throws -> Token {
    let start = position
    while let character = current, !Self.endsWord(character) {
      if character == ":", let field = try field(start, column) {
        position += 1
        return field
      }
      position += 1
    }
    let text = String(characters[start..<position])
    switch text {
    case "OR": return .or
    case "AND": return .and
    case "NOT": return .not
    case "NEAR": return .near(QueryParser.nearDefault)
    case _ where text.hasPrefix("NEAR/"): return .near(try distance(text.dropFirst(5), column))
    case "" where current == "*":
      throw Self.error(
        column, "'*' stands at the end of a word's beginning, as in 'vận*', not before it")
    default:
      let isPrefix = takeStar()
      if isPrefix, let next = current, !Self.endsWord(next) {
        throw Self.error(position + 1, "'*' may stand at the end of a word only")
      }
      return .word(text, isPrefix: isPrefix)
    }
  }

  private func distance(_ text: Substring, _ column: Int) throws -> Int {
    guard let distance = Int(text), (1...QueryParser.nearLimit).contains(distance) else {
      throw Self.error(
        column, "NEAR/ needs a number of syllables from 1 to \(QueryParser.nearLimit)")
    }
    return distance
  }

  /// The field whose name ends here, if a name it is: `10:30` and a colon after a space are text.
  private func field(_ start: Int, _ column: Int) throws -> Token? {
    let name = String(characters[start..<position])
    if let field = QueryNames.field(name) { return .field(field, name: name) }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "_" }),
      let next = following, !next.isWhitespace
    else { return nil }
    throw Self.error(
      column,
      "unknown field '\(name):'; \(QueryNames.fieldHint(name)); quote \"\(name):…\" to search for it"
    )
  }

  private mutating func takeStar() -> Bool {
    guard current == "*" else { return false }
    while current == "*" { position += 1 }
    return true
  }

  private static func isQuote(_ character: Character) -> Bool { "\"“”„«»".contains(character) }

  private static func endsWord(_ character: Character) -> Bool {
    character.isWhitespace || character == "(" || character == ")" || character == "|"
      || character == "*" || isQuote(character)
  }
}
