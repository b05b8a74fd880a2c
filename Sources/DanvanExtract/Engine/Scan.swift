import DanvanModel
import DanvanText

/// One article ready for matching: its text as tokens, sentences and zones.
struct Scan: Sendable {
  let article: Article
  let text: NormalizedText
  let tokens: Tokens
  let sentences: [Sentence]
  let hasHeadline: Bool
  /// Where to tell what was given up; see `dropped`.
  let trace: Trace?

  init(_ article: Article, cues: LayoutCues = LayoutCues(), trace: Trace? = nil) {
    self.article = article
    self.trace = trace
    text = NormalizedText(article.text)
    tokens = Tokens(text)
    let layout = Layout(tokens, headlineGiven: article.title != nil, cues: cues)
    sentences = layout.sentences
    hasHeadline = layout.hasHeadline
  }

  /// The NFC text of a range of tokens.
  func string(_ range: Range<Int>) -> String { tokens.string(range) }

  /// Where a range of tokens stands in the stored text (UTF-8 bytes).
  func range(_ range: Range<Int>) -> TextRange {
    let stored = tokens.storedRange(range)
    return TextRange(stored.lowerBound, stored.upperBound)
  }

  /// The token at that place, or nil outside the text.
  func token(_ place: Int) -> Token? { tokens.indices.contains(place) ? tokens[place] : nil }
}
