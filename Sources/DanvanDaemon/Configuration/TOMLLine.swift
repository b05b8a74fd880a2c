/// Reads one line of a configuration file.
struct TOMLLine {
  enum Statement: Equatable {
    case blank
    case table(String)
    case entry(String, TOMLDocument.Value)
  }

  private let scalars: [Unicode.Scalar]
  private let line: Int
  private var position = 0

  init(_ text: String, line: Int) {
    scalars = Array(text.unicodeScalars)
    self.line = line
  }

  mutating func statement() throws(TOMLDocument.SyntaxError) -> Statement {
    skipSpace()
    if isAtEnd { return .blank }
    let statement: Statement
    if take("[") {
      skipSpace()
      let name = try bareKey()
      skipSpace()
      guard take("]") else { throw error("expected ']' after the table's name") }
      statement = .table(name)
    } else {
      let name = try bareKey()
      skipSpace()
      guard take("=") else { throw error("expected '=' after '\(name)'") }
      skipSpace()
      statement = .entry(name, try value())
    }
    skipSpace()
    guard isAtEnd else { throw error("unexpected '\(scalars[position])'") }
    return statement
  }

  private mutating func value() throws(TOMLDocument.SyntaxError) -> TOMLDocument.Value {
    if take("\"") { return .string(try basicString()) }
    if take("'") { return .string(try literalString()) }
    if take("[") { return .strings(try strings()) }
    var word = ""
    while let next = peek, next != "#", !Self.isSpace(next) {
      word.unicodeScalars.append(next)
      position += 1
    }
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "": throw error("a value is missing")
    default: return .integer(try integer(word))
    }
  }

  /// A list of strings on one line; a comma may follow the last.
  private mutating func strings() throws(TOMLDocument.SyntaxError) -> [String] {
    var list: [String] = []
    while true {
      skipSpace()
      if take("]") { return list }
      if take("\"") {
        list.append(try basicString())
      } else if take("'") {
        list.append(try literalString())
      } else {
        throw error("a list holds strings in quotes, on one line")
      }
      skipSpace()
      guard take(",") || peek == "]" else { throw error("expected ',' or ']' in the list") }
    }
  }

  /// Decimal digits with an optional sign; `_` may stand between two digits.
  private func integer(_ word: String) throws(TOMLDocument.SyntaxError) -> Int {
    let sign = word.hasPrefix("-") || word.hasPrefix("+") ? 1 : 0
    let groups = word.dropFirst(sign).split(separator: "_", omittingEmptySubsequences: false)
    let isNumber = groups.allSatisfy { group in
      !group.isEmpty && group.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard isNumber, let number = Int(word.prefix(sign) + groups.joined()) else {
      throw error("'\(word)' is no string in quotes, integer or boolean")
    }
    return number
  }

  private mutating func basicString() throws(TOMLDocument.SyntaxError) -> String {
    var text = ""
    while let next = peek {
      position += 1
      switch next {
      case "\"": return text
      case "\\": text.unicodeScalars.append(try escaped())
      default: text.unicodeScalars.append(next)
      }
    }
    throw error("the string is not closed")
  }

  private mutating func escaped() throws(TOMLDocument.SyntaxError) -> Unicode.Scalar {
    guard let mark = peek else { throw error("the string is not closed") }
    position += 1
    switch mark {
    case "\"", "\\": return mark
    case "n": return "\n"
    case "t": return "\t"
    case "u", "U":
      let width = mark == "u" ? 4 : 8
      let digits = scalars[position...].prefix(width)
      guard digits.count == width, digits.allSatisfy({ $0.properties.isASCIIHexDigit }),
        let number = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
        let scalar = Unicode.Scalar(number)
      else { throw error("\\\(mark) needs \(width) hexadecimal digits of a character") }
      position += width
      return scalar
    default: throw error("unknown escape '\\\(mark)'")
    }
  }

  private mutating func literalString() throws(TOMLDocument.SyntaxError) -> String {
    var text = ""
    while let next = peek {
      position += 1
      if next == "'" { return text }
      text.unicodeScalars.append(next)
    }
    throw error("the string is not closed")
  }

  private mutating func bareKey() throws(TOMLDocument.SyntaxError) -> String {
    var key = ""
    while let next = peek, next.isASCII,
      next.properties.isAlphabetic || "0"..."9" ~= next
        || next == "_" || next == "-"
    {
      key.unicodeScalars.append(next)
      position += 1
    }
    guard !key.isEmpty else { throw error("expected a key of letters, digits, '_' or '-'") }
    return key
  }

  /// Skips blanks and a comment, if one begins here.
  private mutating func skipSpace() {
    while let next = peek, Self.isSpace(next) { position += 1 }
    if peek == "#" { position = scalars.count }
  }

  private var isAtEnd: Bool { position == scalars.count }
  private var peek: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\r"
  }

  private func error(_ message: String) -> TOMLDocument.SyntaxError {
    TOMLDocument.SyntaxError(line: line, message: message)
  }
}
