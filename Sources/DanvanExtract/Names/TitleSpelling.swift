import DanvanModel
import DanvanText

/// One spelling for a title's words, so that `Chủ tịch UBND TP` and `Chủ tịch Ủy ban nhân dân thành phố
/// Hà Nội` can be compared: abbreviations are written out.
struct TitleSpelling: Sendable {
  /// By the keys of the abbreviation, those of what it stands for.
  private let forms: [[UInt64]: [UInt64]]
  private let longest: Int

  /// Throws `DanvanError` where the lexicon of levels is missing.
  init(_ rules: RuleSet) throws {
    var forms: [[UInt64]: [UInt64]] = [:]
    for entry in rules.abbreviations { forms[Self.keys(entry.short)] = Self.keys(entry.long) }
    for entry in try rules.lexicon("levels").entries {
      forms[Self.keys(entry.phrase)] = Self.keys(entry.field(1))
    }
    self.forms = forms
    longest = forms.keys.map(\.count).max() ?? 0
  }

  /// The keys of a title's tokens without full stops, abbreviations written out.
  func keys(_ tokens: Tokens, _ range: Range<Int>) -> [UInt64] {
    var keys: [UInt64] = []
    var place = range.lowerBound
    while place < range.upperBound {
      if let (form, end) = form(tokens, place..<range.upperBound) {
        keys += form
        place = end
        continue
      }
      if tokens[place].key != PunctuationKey.fullStop { keys.append(tokens[place].key) }
      place += 1
    }
    return keys
  }

  private func form(_ tokens: Tokens, _ range: Range<Int>) -> ([UInt64], end: Int)? {
    for length in stride(from: min(longest, range.count), to: 0, by: -1) {
      let short = range.prefix(length).map { tokens[$0].key }
      if let form = forms[short] { return (form, range.lowerBound + length) }
    }
    return nil
  }

  private static func keys(_ phrase: String) -> [UInt64] {
    Tokens(NormalizedText(phrase)).map(\.key)
  }
}
