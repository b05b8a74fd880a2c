internal import DanvanModel
internal import DanvanStore
internal import Glibc

/// What an article is compared by when stories are looked for, before rareness counts. Features are hashes.
struct StoryFeatures {
  let header: ArticleHeader
  let facts: Facts
  /// Pairs of neighbouring syllables of headline and text, their counts damped by a logarithm; pairs, since
  /// a syllable alone says little in Vietnamese.
  let text: [UInt64: Double]
  /// The syllables of headline and text.
  let words: Set<UInt64>
  /// Those of the headline.
  let headline: Set<UInt64>
  let persons: Set<UInt64>
  let places: Set<UInt64>
  /// The days that it speaks of.
  let times: Set<UInt64>

  /// What the event is stands in front; what follows is background that many stories share.
  private static let textLimit = 4_000

  init(_ article: StoredArticle) {
    header = article.header
    facts = article.facts ?? Facts()
    let headline = Self.syllables(article.header.title ?? "")
    let body = Self.syllables(article.text ?? "")
    var counts: [UInt64: Double] = [:]
    for run in [headline, body] {
      for (a, b) in zip(run, run.dropFirst()) { counts[Self.joined(a, b), default: 0] += 1 }
    }
    text = counts.mapValues { 1 + log($0) }
    words = Set(headline + body)
    self.headline = Set(headline)
    persons = Self.names(.person, in: facts)
    places = Self.names(.location, in: facts)
    times = Set(
      facts.mentions.lazy.compactMap { $0.kind == .time ? $0.value : nil }
        .filter { $0.utf8.count >= 10 && PartialDate(String($0.prefix(10)))?.dayNumber != nil }
        .map { Self.hash($0.utf8.prefix(10)) })
  }

  private static func names(_ kind: Mention.Kind, in facts: Facts) -> Set<UInt64> {
    Set(
      facts.mentions.lazy.filter { $0.kind == kind }
        .map { hash(($0.name ?? $0.text).lowercased().utf8) })
  }

  private static func syllables(_ text: String) -> [UInt64] {
    var text = String(decoding: text.utf8.prefix(textLimit), as: UTF8.self)
    var hashes: [UInt64] = []
    text.withUTF8 { bytes in
      SyllableTokenizer().forEachTerm(in: bytes, for: .document) { term, _, colocated in
        if !colocated { hashes.append(hash(term)) }
        return true
      }
    }
    return hashes
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func joined(_ a: UInt64, _ b: UInt64) -> UInt64 {
    (a &* 31 ^ b &+ 0x9E37_79B9_7F4A_7C15) &* 0x100_0000_01B3
  }
}
