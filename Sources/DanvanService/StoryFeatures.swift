internal import DanvanModel
internal import DanvanStore
internal import Glibc

/// What an article is compared by when stories are looked for: pairs of neighbouring syllables, and the
/// names of persons, bodies, places, instruments and campaigns.
///
/// Pairs, since a syllable alone says little in Vietnamese. A count is damped by its logarithm.
struct StoryFeatures {
  let header: ArticleHeader
  let facts: Facts
  /// By a hash of the feature: how much there is of it, before its rareness counts.
  let weights: [UInt64: Double]

  /// Who and where identify an event more than how it is told; the headline says what it is about. Guesses,
  /// not tuned.
  private static let nameWeight = 1.5
  private static let headlineWeight = 2.0
  /// What the event is stands in front; what follows is background that many stories share.
  private static let textLimit = 3_000

  init(_ article: StoredArticle) {
    header = article.header
    facts = article.facts ?? Facts()
    var counts: [UInt64: Double] = [:]
    func add(_ text: String, weight: Double) {
      var text = String(decoding: text.utf8.prefix(Self.textLimit), as: UTF8.self)
      var last: UInt64?
      text.withUTF8 { bytes in
        SyllableTokenizer().forEachTerm(in: bytes, for: .document) { term, _, colocated in
          if colocated { return true }
          let hash = Self.hash(term)
          if let last { counts[Self.joined(last, hash), default: 0] += weight }
          last = hash
          return true
        }
      }
    }
    add(article.text ?? "", weight: 1)
    add(article.header.title ?? "", weight: Self.headlineWeight)
    var weights = counts.mapValues { $0 > 0 ? 1 + log($0) : 0 }
    for name in Self.names(facts) {
      let key = Self.joined(0x9E37_79B9, Self.hash(Array(name.lowercased().utf8)))
      weights[key, default: 0] += Self.nameWeight
    }
    self.weights = weights.filter { $0.value > 0 }
  }

  private static func names(_ facts: Facts) -> Set<String> {
    var names: Set<String> = []
    for mention in facts.mentions {
      switch mention.kind {
      case .person, .organization, .location: names.insert(mention.name ?? mention.text)
      case .title, .time: break
      }
    }
    names.formUnion(facts.instruments.map(\.text))
    names.formUnion(facts.campaigns.map(\.text))
    names.formUnion(facts.events.map(\.name))
    return names
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func joined(_ a: UInt64, _ b: UInt64) -> UInt64 {
    (a &* 31 ^ b &+ 0x9E37_79B9_7F4A_7C15) &* 0x100_0000_01B3
  }
}
