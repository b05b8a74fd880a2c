import DanvanText

/// The classes of numbers, words and signs that a pattern's slot may name.
enum TokenClass: String, Sendable, CaseIterable {
  /// 1 to 31, one or two digits.
  case day
  /// 13 to 31: what can be no month, and over a month no fraction.
  case lateday
  /// 1 to 12, one or two digits.
  case month
  /// Four digits, 1000 to 2199.
  case year
  /// A year that may stand without a cue: 1900 to 2099.
  case recent
  /// Two digits, the last two of a year.
  case yy
  /// 0 to 24.
  case hour
  /// 0 to 59, one or two digits.
  case minute
  /// 00 to 59, two digits.
  case mm
  /// 1 to 99.
  case count
  /// 1 to 999.
  case ordinal
  /// 10, 20 … 90.
  case decade
  /// A four-digit year that is a whole decade: 1960.
  case decadeyear
  /// A Roman numeral in capitals, 1 to 89.
  case roman
  /// A word in capitals, two letters or more; its value is 0.
  case capitals
  /// A word that begins with a capital; its value is 0.
  case capital
  /// What stands between the numbers of a date: `/`, `-` or `–`; `.` only where no space is near.
  case sep

  /// The value of the token at `place` if it belongs to the class, else nil.
  func value(in tokens: Tokens, at place: Int) -> Int? {
    let token = tokens[place]
    switch self {
    case .roman: return Self.roman(token, tokens.text.bytes)
    case .capitals: return token.shape == .upper ? 0 : nil
    case .capital: return token.isCapitalized ? 0 : nil
    case .sep: return Self.isSeparator(tokens, place) ? 0 : nil
    default:
      guard token.kind == .number, token.number >= 0 else { return nil }
      let (value, digits) = (Int(token.number), Int(token.end - token.start))
      return holds(value, digits) ? value : nil
    }
  }

  private func holds(_ value: Int, _ digits: Int) -> Bool {
    switch self {
    case .day: (1...31).contains(value) && digits <= 2
    case .lateday: (13...31).contains(value) && digits <= 2
    case .month: (1...12).contains(value) && digits <= 2
    case .year: (1000...2199).contains(value) && digits == 4
    case .recent: (1900...2099).contains(value) && digits == 4
    case .yy: digits == 2
    case .hour: (0...24).contains(value) && digits <= 2
    case .minute: (0...59).contains(value) && digits <= 2
    case .mm: (0...59).contains(value) && digits == 2
    case .count: (1...99).contains(value) && digits <= 2
    case .ordinal: (1...999).contains(value) && digits <= 3
    case .decade: (10...90).contains(value) && value % 10 == 0
    case .decadeyear: (1000...2190).contains(value) && value % 10 == 0 && digits == 4
    case .roman, .capitals, .capital, .sep: false
    }
  }

  private static func isSeparator(_ tokens: Tokens, _ place: Int) -> Bool {
    let token = tokens[place]
    guard token.kind != .word, token.kind != .number, place + 1 < tokens.count else { return false }
    let next = tokens[place + 1]
    if token.key == PunctuationKey.slash { return true }
    if token.key == PunctuationKey.dash { return next.kind == .number }
    return token.key == PunctuationKey.fullStop && !token.spaceBefore && !next.spaceBefore
  }

  private static func roman(_ token: Token, _ bytes: [UInt8]) -> Int? {
    let length = Int(token.end - token.start)
    guard token.kind == .word, (1...7).contains(length) else { return nil }
    var sum = 0
    var last = 0
    for byte in bytes[Int(token.start)..<Int(token.end)].reversed() {
      let digit: Int
      switch byte {
      case UInt8(ascii: "I"): digit = 1
      case UInt8(ascii: "V"): digit = 5
      case UInt8(ascii: "X"): digit = 10
      case UInt8(ascii: "L"): digit = 50
      default: return nil
      }
      sum += digit < last ? -digit : digit
      last = max(last, digit)
    }
    return (1...89).contains(sum) ? sum : nil
  }
}
