import DanvanModel
import DanvanText

/// A token pattern as a tree, read from the notation of the rule files.
///
/// Words and signs stand for themselves, whatever their case, tone placement and i/y spelling (a
/// capital demands a capital, as in lexicons). `[x]` may be absent, `(a|b)` is a choice, `{slot}` or
/// `{name:slot}` is a number class or a lexicon, `@name` a fragment of the same file, `<x>` the part
/// that is the mention where the rest is context, `~` demands that the next token follows without a
/// space, `^` a sentence's start; `'x'` quotes a sign that would mean something else.
indirect enum Pattern: Sendable {
  case token(UInt64, Token.Shape)
  case atom(TokenClass, slot: String)
  case lexicon(String, slot: String)
  case sequence([Pattern])
  case optional(Pattern)
  case choice([Pattern])
  case tight
  case sentenceStart
  case spanStart
  case spanEnd
}

extension Pattern {
  /// Throws `DanvanError` saying what in `notation` cannot be read.
  init(_ notation: String, fragments: [String: [String]] = [:]) throws {
    var reader = PatternReader(notation: Array(notation.utf8)[...], fragments: fragments, depth: 0)
    self = try reader.choice()
    if let rest = reader.notation.first {
      throw DanvanError.invalid("unexpected `\(Character(Unicode.Scalar(rest)))` in `\(notation)`")
    }
  }
}

private struct PatternReader {
  var notation: ArraySlice<UInt8>
  let fragments: [String: [String]]
  let depth: Int

  mutating func choice() throws -> Pattern {
    var choices = [try sequence()]
    while skip("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence() throws -> Pattern {
    var parts: [Pattern] = []
    while let byte = notation.first, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")"),
      byte != UInt8(ascii: "]")
    {
      if byte == UInt8(ascii: " ") {
        notation.removeFirst()
      } else {
        parts.append(try element(byte))
      }
    }
    return .sequence(parts)
  }

  private mutating func element(_ byte: UInt8) throws -> Pattern {
    switch byte {
    case UInt8(ascii: "["):
      notation.removeFirst()
      let inner = try choice()
      try expect("]")
      return .optional(inner)
    case UInt8(ascii: "("):
      notation.removeFirst()
      let inner = try choice()
      try expect(")")
      return inner
    case UInt8(ascii: "{"): return try slot()
    case UInt8(ascii: "@"): return try fragment()
    case UInt8(ascii: "<"): return single(.spanStart)
    case UInt8(ascii: ">"): return single(.spanEnd)
    case UInt8(ascii: "~"): return single(.tight)
    case UInt8(ascii: "^"): return single(.sentenceStart)
    case UInt8(ascii: "'"):
      notation.removeFirst()
      let text = try take { $0 != UInt8(ascii: "'") }
      try expect("'")
      return literal(text)
    default:
      let text = try take { !" |[](){}@<>~^'".utf8.contains($0) }
      guard !text.isEmpty else { throw fault("a sign out of place") }
      return literal(text)
    }
  }

  private mutating func single(_ pattern: Pattern) -> Pattern {
    notation.removeFirst()
    return pattern
  }

  private func literal(_ text: String) -> Pattern {
    .sequence(Tokens(NormalizedText(text)).map { .token($0.key, $0.shape) })
  }

  private mutating func slot() throws -> Pattern {
    try expect("{")
    let written = try take { $0 != UInt8(ascii: "}") }
    try expect("}")
    let parts = written.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, let first = parts.first, parts.count <= 2, !last.isEmpty,
      !first.isEmpty
    else { throw fault("`{\(written)}`") }
    if let number = TokenClass(rawValue: last) { return .atom(number, slot: first) }
    return .lexicon(last, slot: first)
  }

  private mutating func fragment() throws -> Pattern {
    try expect("@")
    let name = try take { (97...122).contains($0) || $0 == UInt8(ascii: "-") }
    guard let texts = fragments[name] else { throw fault("no fragment `\(name)`") }
    guard depth < 8 else { throw fault("fragment `\(name)` holds itself") }
    let choices = try texts.map { text in
      var reader = PatternReader(
        notation: Array(text.utf8)[...], fragments: fragments, depth: depth + 1)
      let inner = try reader.choice()
      guard reader.notation.isEmpty else { throw fault("the end of fragment `\(name)`") }
      return inner
    }
    return .choice(choices)
  }

  private mutating func take(while belongs: (UInt8) -> Bool) throws -> String {
    let end = notation.firstIndex { !belongs($0) } ?? notation.endIndex
    defer { notation = notation[end...] }
    guard let text = String(validating: notation[..<end], as: UTF8.self) else {
      throw fault("text that is not UTF-8")
    }
    return text
  }

  private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    guard notation.first == UInt8(ascii: sign) else { return false }
    notation.removeFirst()
    return true
  }

  private mutating func expect(_ sign: Unicode.Scalar) throws {
    guard skip(sign) else { throw fault("no `\(sign)`") }
  }

  private func fault(_ what: String) -> DanvanError {
    let rest = String(validating: notation.prefix(24), as: UTF8.self) ?? ""
    if rest.isEmpty { return .invalid("cannot read the pattern: \(what) at the end") }
    return .invalid("cannot read the pattern: \(what) before `\(rest)`")
  }
}
