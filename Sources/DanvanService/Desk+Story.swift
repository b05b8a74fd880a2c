internal import DanvanExtract
public import DanvanModel
public import DanvanStore
internal import Glibc

/// The articles that tell of one event.
public struct Story: Sendable {
  public struct Part: Sendable {
    public let header: ArticleHeader
    /// Cosine with the article of the story that is most like it; 1 for the one asked for.
    public let likeness: Double
    /// Names and facts that no earlier article of the story has.
    public let adds: Facts
    /// Copies of the same text within the story.
    public var copies: [ArticleID]
  }
  /// In the order of their days, then of their coming; of copies only the first.
  public let parts: [Part]
  /// There are more than a story takes.
  public let isCutOff: Bool
}

extension Desk {
  /// The story of an article: what can be reached from it by steps between articles that lie at most
  /// three days apart and are alike.
  ///
  /// Likeness is the cosine of `StoryFeatures`, weighted by how rare a feature is among the articles of the
  /// same time (inverse document frequency over a window of the news stream, as in topic detection and
  /// tracking; J. Allan, "Topic Detection and Tracking", 2002). It is found when it is asked for: ingest pays
  /// nothing, and a story is never older than the rules. At most `Snapshot.articles(around:)` articles are
  /// looked at. An article without a day is a story by itself.
  ///
  /// What `check` throws, called now and then, ends the work. Throws `notFound`.
  public func story(of id: ArticleID, check: () throws -> Void = {}) throws -> Story {
    let visit = foreground.enter()
    defer { visit.end() }
    let stream = try stream(around: id, check: check)
    var members: [ArticleID: Double] = [id: 1]
    var ahead = [id]
    while let next = ahead.popLast(), members.count <= Self.greatestStory {
      try check()
      for (other, likeness) in stream.alike(
        next, within: Self.daysApart, atLeast: Self.leastLikeness)
      {
        if members[other] == nil { ahead.append(other) }
        members[other] = max(likeness, members[other] ?? 0)
      }
    }
    let ordered = members.keys.sorted { (stream.day($0), $0) < (stream.day($1), $1) }
    return Story(
      parts: try parts(ordered.prefix(Self.greatestStory), members, stream),
      isCutOff: ordered.count > Self.greatestStory)
  }

  private static let greatestStory = 50
  private static let daysApart: Int32 = 3
  /// A guess, not tuned; `make eval-stories` measures it.
  private static let leastLikeness = 0.16

  private func stream(around id: ArticleID, check: () throws -> Void) throws -> StoryStream {
    try store.read { snapshot in
      guard let seed = try snapshot.article(id, parts: [.text, .facts], verifying: false) else {
        throw DanvanError(.notFound, "there is no article \(id)")
      }
      var stream = StoryStream()
      let around = try snapshot.articles(around: id)
      stream.add(seed, day: around.first { $0.id == id }?.day)
      for (other, day) in around where other != id {
        try check()
        // One that is damaged is nobody's story.
        let read = try? snapshot.article(other, parts: [.text, .facts], verifying: false)
        if let read { stream.add(read, day: day) }
      }
      stream.weigh()
      return stream
    }
  }

  private func parts(
    _ ids: some Sequence<ArticleID>, _ likeness: [ArticleID: Double], _ stream: StoryStream
  ) throws -> [Story.Part] {
    var told = Facts()
    var parts: [Story.Part] = []
    for id in ids {
      guard let found = stream[id] else { continue }
      let copies = try store.read { try $0.copies(of: id) }
      if let first = parts.firstIndex(where: { copies.contains($0.header.id) }) {
        parts[first].copies.append(id)
        continue
      }
      parts.append(
        Story.Part(
          header: found.header, likeness: likeness[id] ?? 0, adds: found.facts.without(told),
          copies: []))
      told.append(found.facts)
    }
    return parts
  }
}

/// Articles of one time with their features, weighted against each other.
private struct StoryStream {
  private var features: [ArticleID: StoryFeatures] = [:]
  private var days: [ArticleID: Int32] = [:]
  private var vectors: [ArticleID: [UInt64: Double]] = [:]

  subscript(id: ArticleID) -> StoryFeatures? { features[id] }

  func day(_ id: ArticleID) -> Int32 { days[id] ?? .min }

  mutating func add(_ article: StoredArticle, day: Int32?) {
    features[article.id] = StoryFeatures(article)
    days[article.id] = day
  }

  /// Takes rareness in: a feature of every article weighs nothing.
  mutating func weigh() {
    var counts: [UInt64: Int] = [:]
    for article in features.values {
      for feature in article.weights.keys { counts[feature, default: 0] += 1 }
    }
    let total = Double(features.count)
    for (id, article) in features {
      // One of a single article matches nothing, but makes it less like the others.
      var vector: [UInt64: Double] = [:]
      var length = 0.0
      for (feature, weight) in article.weights {
        let count = Double(counts[feature] ?? 1)
        let value = weight * log((total + 1) / count)
        length += value * value
        if count > 1 { vector[feature] = value }
      }
      let norm = length > 0 ? length.squareRoot() : 1
      vectors[id] = vector.mapValues { $0 / norm }
    }
  }

  func alike(_ id: ArticleID, within apart: Int32, atLeast least: Double) -> [(ArticleID, Double)] {
    guard let day = days[id], let vector = vectors[id] else { return [] }
    return days.compactMap { other, otherDay in
      guard other != id, abs(otherDay - day) <= apart, let second = vectors[other] else {
        return nil
      }
      let (short, long) = vector.count < second.count ? (vector, second) : (second, vector)
      let cosine = short.reduce(0) { $0 + $1.value * (long[$1.key] ?? 0) }
      return cosine >= least ? (other, cosine) : nil
    }
  }
}

extension Facts {
  fileprivate mutating func append(_ other: Facts) {
    mentions += other.mentions
    events += other.events
    statements += other.statements
    directives += other.directives
    instruments += other.instruments
    campaigns += other.campaigns
    topics += other.topics
    keyPhrases += other.keyPhrases
    positions += other.positions
  }
}
