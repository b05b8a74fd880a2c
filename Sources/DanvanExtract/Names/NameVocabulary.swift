import DanvanModel
import DanvanText

/// All words that the grammar of names knows, in one trie: one look-up a token finds every kind.
final class NameVocabulary: Sendable {
  let words: [NameWord]
  let grammarWords: GrammarWords
  let titleSpelling: TitleSpelling
  private let trie: PhraseTrie
  private let shapes: PhraseShapes

  /// One lexicon: which fields hold the class, what follows and the use; -1 for none.
  private struct Source {
    let lexicon: String
    let kind: NameWord.Kind
    var category = -1
    var follows = -1
    var use = -1
  }

  private static let sources: [Source] = [
    Source(lexicon: "roles", kind: .role, category: 0, follows: 1, use: 2),
    Source(lexicon: "title-prefixes", kind: .prefix),
    Source(lexicon: "title-qualifiers", kind: .qualifier),
    Source(lexicon: "bodies", kind: .body, category: 0, follows: 1, use: 2),
    Source(lexicon: "body-heads", kind: .head, category: 0, follows: 1),
    Source(lexicon: "body-fields", kind: .field, category: 0),
    Source(lexicon: "name-traps", kind: .trap),
    Source(lexicon: "name-stops", kind: .stop),
    Source(lexicon: "outlets", kind: .outlet, category: 0, use: 1),
    Source(lexicon: "abbreviations-bodies", kind: .abbreviation),
    Source(lexicon: "place-heads", kind: .placeHead, category: 0, follows: 1),
    Source(lexicon: "units", kind: .unit, category: 0),
    Source(lexicon: "world", kind: .world, category: 0, use: 1),
    Source(lexicon: "honorifics", kind: .honorific, use: 0),
    Source(lexicon: "surnames", kind: .surname, use: 0),
    Source(lexicon: "given-syllables", kind: .given),
    Source(lexicon: "levels", kind: .level, category: 0),
    Source(lexicon: "plural-marks", kind: .plural, category: 0),
    Source(lexicon: "credits", kind: .credit, category: 0),
    Source(lexicon: "appointments", kind: .appointment),
    Source(lexicon: "namesakes", kind: .namesake),
    Source(lexicon: "locatives", kind: .locative),
    Source(lexicon: "biography", kind: .biography),
    Source(lexicon: "treaty-heads", kind: .treaty),
  ]

  /// Throws `DanvanError` where a lexicon is missing or a field holds an unknown word.
  init(_ rules: RuleSet) throws {
    var words: [NameWord] = []
    var trie = PhraseTrie()
    var shapes = PhraseShapes()
    for source in Self.sources {
      for entry in try rules.lexicon(source.lexicon).entries {
        let tokens = Tokens(NormalizedText(entry.phrase))
        trie.insert(tokens.lazy.map(\.key), Int32(words.count))
        shapes.append(tokens.lazy.map(\.shape))
        words.append(try Self.word(entry, of: source, length: tokens.count))
      }
    }
    self.words = words
    grammarWords = try GrammarWords(rules)
    titleSpelling = try TitleSpelling(rules)
    self.trie = trie
    self.shapes = shapes
  }

  private static func word(
    _ entry: Lexicon.Entry, of source: Source, length: Int
  ) throws -> NameWord {
    func fault(_ field: Int) -> DanvanError {
      .invalid("\(entry.place): '\(entry.phrase)': unknown word '\(entry.field(field))'")
    }
    guard let follows = NameWord.Follows(entry.field(source.follows)) else {
      throw fault(source.follows)
    }
    guard let use = source.use < 0 ? .any : NameWord.Use(rawValue: entry.field(source.use)) else {
      throw fault(source.use)
    }
    return NameWord(
      kind: source.kind,
      category: NameWord.Category(rawValue: entry.field(source.category)) ?? .other,
      follows: follows, use: use, length: length)
  }

  /// Calls `found` with the number of each word that begins at `start` and the token after it,
  /// shorter words first.
  func forEachWord(
    in tokens: Tokens, at start: Int, before end: Int, _ found: (Int32, Int) -> Void
  ) {
    var node = PhraseTrie.root
    var place = start
    while place < end, let next = trie.step(from: node, by: tokens[place].key) {
      node = next
      place += 1
      for value in trie.values(at: node) where shapes.agrees(Int(value), tokens, start) {
        found(value, place)
      }
    }
  }
}
