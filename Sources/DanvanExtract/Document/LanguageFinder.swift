import DanvanModel
import DanvanText

/// Tells the language of an article by its most frequent words: syllables with Vietnamese marks, and the words of
/// grammar in `lexicon/languages.tsv`, by which also Vietnamese without marks is known.
struct LanguageFinder: Sendable {
  private let words: [UInt64: Language]

  /// So many words, taken evenly from the whole text, tell of it.
  private static let sampled = 400
  /// The share of such words that running text has at least. Of Vietnamese with its marks most words are such, of
  /// English and of Vietnamese without marks a quarter and more; of other languages a few in a hundred, by chance.
  private static let least = 0.12
  /// A single word tells nothing.
  private static let leastCount = 2

  /// Throws `DanvanError` where the list is missing or names a language that there is none of.
  init(_ rules: RuleSet) throws {
    var words: [UInt64: Language] = [:]
    for entry in try rules.lexicon("languages").entries {
      guard let language = Language(rawValue: entry.field(0)), language != .undetermined else {
        throw DanvanError.invalid(
          "\(entry.place): '\(entry.phrase)' has the language '\(entry.field(0))', not vi or en")
      }
      let keys = Tokens(NormalizedText(entry.phrase)).map(\.key)
      guard keys.count == 1 else {
        throw DanvanError.invalid("\(entry.place): '\(entry.phrase)' is not one word")
      }
      words[keys[0]] = language
    }
    self.words = words
  }

  func language(of scan: Scan) -> Language {
    var counts: [Language: Int] = [:]
    var total = 0
    let step = max(1, scan.tokens.count / Self.sampled)
    for place in stride(from: 0, to: scan.tokens.count, by: step) {
      let token = scan.tokens[place]
      guard token.kind == .word else { continue }
      total += 1
      if isMarkedSyllable(token, in: scan.text) {
        counts[.vietnamese, default: 0] += 1
      } else if let language = words[token.key] {
        counts[language, default: 0] += 1
      }
    }
    let (vietnamese, english) = (counts[.vietnamese] ?? 0, counts[.english] ?? 0)
    let most = max(vietnamese, english)
    guard most >= Self.leastCount, Double(most) >= Self.least * Double(total) else {
      return .undetermined
    }
    return vietnamese >= english ? .vietnamese : .english
  }
}
