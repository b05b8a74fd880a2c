internal import DanvanModel
internal import DanvanStore
internal import Glibc

/// Articles of one time, their features weighted by how rare they are among these (inverse document
/// frequency over a window of the news stream, as in topic detection and tracking; J. Allan, "Topic Detection
/// and Tracking", 2002).
struct StoryStream {
  /// Of length 1; without features of this article alone, which match nothing but count for the length.
  private typealias Vector = [UInt64: Double]

  private struct Weighted {
    var text: Vector
    var persons: Vector
    var places: Vector
    var times: Vector
    /// How rare each syllable of the headline is.
    var headline: Vector
  }

  private var features: [ArticleID: StoryFeatures] = [:]
  private var days: [ArticleID: Int32] = [:]
  private var weighted: [ArticleID: Weighted] = [:]

  subscript(id: ArticleID) -> StoryFeatures? { features[id] }

  func day(_ id: ArticleID) -> Int32 { days[id] ?? .min }

  mutating func add(_ article: StoredArticle, day: Int32?) {
    features[article.id] = StoryFeatures(article)
    days[article.id] = day
  }

  /// Takes rareness in, once all articles are there.
  mutating func weigh() {
    let total = Double(features.count)
    func counts(_ keys: (StoryFeatures) -> some Sequence<UInt64>) -> [UInt64: Double] {
      var counts: [UInt64: Double] = [:]
      for article in features.values { for key in keys(article) { counts[key, default: 0] += 1 } }
      return counts
    }
    let text = counts { $0.text.keys }
    let words = counts(\.words)
    let persons = counts(\.persons)
    let places = counts(\.places)
    let times = counts(\.times)
    func rareness(_ count: Double?) -> Double { log((total + 1) / (count ?? 1)) }
    func vector(_ values: some Sequence<(UInt64, Double)>, _ counts: [UInt64: Double]) -> Vector {
      var vector: Vector = [:]
      var length = 0.0
      for (key, weight) in values {
        let value = weight * rareness(counts[key])
        length += value * value
        if counts[key] ?? 1 > 1 { vector[key] = value }
      }
      let norm = length > 0 ? length.squareRoot() : 1
      return vector.mapValues { $0 / norm }
    }
    func vector(_ keys: Set<UInt64>, _ counts: [UInt64: Double]) -> Vector {
      vector(keys.lazy.map { ($0, 1) }, counts)
    }
    for (id, article) in features {
      weighted[id] = Weighted(
        text: vector(article.text.lazy.map { ($0.key, $0.value) }, text),
        persons: vector(article.persons, persons), places: vector(article.places, places),
        times: vector(article.times, times),
        headline: Dictionary(
          uniqueKeysWithValues: article.headline.map { ($0, rareness(words[$0])) }))
    }
  }

  /// The articles that lie at most so many days apart, with their agreement.
  func agreements(with id: ArticleID, within apart: Int32) -> [(ArticleID, StoryAgreement)] {
    guard let day = days[id] else { return [] }
    return days.compactMap { other, otherDay in
      guard other != id, abs(otherDay - day) <= apart else { return nil }
      return agreement(id, other).map { (other, $0) }
    }
  }

  /// Nil where one of them is not in the stream or has no day.
  func agreement(_ a: ArticleID, _ b: ArticleID) -> StoryAgreement? {
    guard let first = weighted[a], let second = weighted[b], let dayA = days[a], let dayB = days[b],
      let wordsA = features[a]?.words, let wordsB = features[b]?.words
    else { return nil }
    var agreement = StoryAgreement()
    agreement[.text] = Self.cosine(first.text, second.text)
    agreement[.headline] =
      (Self.share(of: first.headline, in: wordsB) + Self.share(of: second.headline, in: wordsA)) / 2
    agreement[.persons] = Self.cosine(first.persons, second.persons)
    agreement[.places] = Self.cosine(first.places, second.places)
    agreement[.times] = Self.cosine(first.times, second.times)
    agreement[.days] = Double(abs(dayA - dayB))
    return agreement
  }

  private static func cosine(_ a: Vector, _ b: Vector) -> Double {
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    return short.reduce(0) { $0 + $1.value * (long[$1.key] ?? 0) }
  }

  private static func share(of headline: Vector, in words: Set<UInt64>) -> Double {
    let all = headline.values.reduce(0, +)
    guard all > 0 else { return 0 }
    return headline.reduce(0) { $0 + (words.contains($1.key) ? $1.value : 0) } / all
  }
}
