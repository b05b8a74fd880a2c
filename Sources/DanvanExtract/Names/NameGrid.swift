import DanvanText

/// Where the words of the name lexicons stand in one article: looked up once, asked for often.
///
/// A class, like the grammar that holds it: it is handed around for every token.
final class NameGrid: Sendable {
  struct Hit: Sendable {
    let word: Int32
    /// The token after it.
    let end: Int32
  }
  typealias Found = (word: NameWord, end: Int)

  private let vocabulary: NameVocabulary
  private let starts: [Int32]
  private let hits: [Hit]

  init(_ vocabulary: NameVocabulary, _ tokens: Tokens) {
    self.vocabulary = vocabulary
    var starts: [Int32] = []
    var hits: [Hit] = []
    starts.reserveCapacity(tokens.count + 1)
    hits.reserveCapacity(tokens.count)
    var collected: [Hit] = []
    for index in tokens.indices {
      starts.append(Int32(hits.count))
      guard tokens[index].kind == .word else { continue }
      collected.removeAll(keepingCapacity: true)
      vocabulary.forEachWord(in: tokens, at: index, before: tokens.count) {
        collected.append(Hit(word: $0, end: Int32($1)))
      }
      hits.append(contentsOf: collected)
    }
    starts.append(Int32(hits.count))
    self.starts = starts
    self.hits = hits
  }

  /// The words that begin at `token`, shorter first; empty outside the text.
  func hits(at token: Int) -> ArraySlice<Hit> {
    guard token >= 0, token + 1 < starts.count else { return [] }
    return hits[Int(starts[token])..<Int(starts[token + 1])]
  }

  func word(_ hit: Hit) -> NameWord { vocabulary.words[Int(hit.word)] }

  /// The longest word of that kind that begins at `token` and ends by `end`.
  func longest(_ kind: NameWord.Kind, at token: Int, before end: Int) -> Found? {
    for hit in hits(at: token).reversed() where Int(hit.end) <= end {
      let word = word(hit)
      if word.kind == kind { return (word, Int(hit.end)) }
    }
    return nil
  }

  func has(_ kind: NameWord.Kind, at token: Int) -> Bool {
    hits(at: token).contains { word($0).kind == kind }
  }

  /// Whether a word of that kind is exactly the one token.
  func isSingle(_ kind: NameWord.Kind, at token: Int) -> Bool {
    hits(at: token).contains { Int($0.end) == token + 1 && word($0).kind == kind }
  }
}
