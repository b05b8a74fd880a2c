import DanvanModel

/// A mention as the finder leaves it, before names and holders are known.
struct NameFind: Sendable {
  var kind: Mention.Kind
  var tokens: Range<Int>
  var rule: NameRule
  var sentence: Int
  /// TITLE: the role without prefix and complement.
  var role: Range<Int>?
  /// TITLE: the first body inside.
  var body: Range<Int>?
  /// TITLE: counts only where a person beside it holds it.
  var needsHolder = false
  /// TITLE: plural (`các Phó Thủ tướng A, B`).
  var isPlural = false
  /// In a line of keywords, where commas join nothing.
  var isKeyword = false
  /// LOC: the name without its head word.
  var bareName: Range<Int>?
  /// PERSON or LOC: too weak or too special to be looked for elsewhere in the article.
  var isLocal = false

  static func < (a: NameFind, b: NameFind) -> Bool {
    a.tokens.lowerBound != b.tokens.lowerBound
      ? a.tokens.lowerBound < b.tokens.lowerBound
      : a.tokens.upperBound != b.tokens.upperBound
        ? a.tokens.upperBound > b.tokens.upperBound : a.kind == .title && b.kind != .title
  }
}
