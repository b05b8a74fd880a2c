public import DanvanModel
public import DanvanStore

/// The articles that tell of one event.
public struct Story: Sendable {
  public struct Part: Sendable {
    public let header: ArticleHeader
    /// With the article of the story that is most like it; 1 for the one asked for.
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

/// How likely two articles tell of one event, and what speaks for and against it.
public struct StoryLikeness: Sendable {
  public struct Feature: Sendable {
    public let name: String
    public let value: Double
    public let weight: Double
  }
  /// 0 to 1.
  public let likeness: Double
  /// From this likeness on they are of one story.
  public let least: Double
  public let features: [Feature]
}

extension Desk {
  /// The story of an article: what can be reached from it by steps between articles that lie at most
  /// five days apart and are alike by the rule set's `StoryModel`.
  ///
  /// It is found when it is asked for: ingest pays nothing, and a story is never older than the rules. At most
  /// `Snapshot.articles(around:)` articles are looked at. An article without a day is a story by itself.
  ///
  /// What `check` throws, called now and then, ends the work. Throws `notFound`.
  public func story(of id: ArticleID, check: () throws -> Void = {}) throws -> Story {
    let visit = foreground.enter()
    defer { visit.end() }
    let stream = try stream(around: id, check: check)
    let model = engine.stories
    var members: [ArticleID: Double] = [id: 1]
    var ahead = [id]
    while let next = ahead.popLast(), members.count <= Self.greatestStory {
      try check()
      for (other, agreement) in stream.agreements(with: next, within: Self.daysApart) {
        let likeness = model.likeness(agreement)
        guard likeness >= model.least else { continue }
        if members[other] == nil { ahead.append(other) }
        members[other] = max(likeness, members[other] ?? 0)
      }
    }
    // The article asked for, and those most like it.
    let likest = members.filter { $0.key != id }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.greatestStory - 1).map(\.key)
    let ordered = (likest + [id]).sorted { (stream.day($0), $0) < (stream.day($1), $1) }
    return Story(
      parts: try parts(ordered[...], members, stream),
      isCutOff: members.count > Self.greatestStory)
  }

  /// How alike two articles are among those of the first one's time. Throws `notFound`, `failedPrecondition`
  /// where one of them has no day.
  public func storyLikeness(
    of id: ArticleID, with other: ArticleID, check: () throws -> Void = {}
  ) throws -> StoryLikeness {
    let visit = foreground.enter()
    defer { visit.end() }
    let stream = try stream(around: id, and: other, check: check)
    let model = engine.stories
    guard let agreement = stream.agreement(id, other) else {
      throw DanvanError(
        .failedPrecondition, "articles \(id) and \(other) cannot be compared: one has no day")
    }
    return StoryLikeness(
      likeness: model.likeness(agreement), least: model.least,
      features: StoryAgreement.Feature.allCases.map {
        StoryLikeness.Feature(
          name: $0.rawValue, value: agreement[$0], weight: model.weights[$0] ?? 0)
      })
  }

  private static let greatestStory = 50
  private static let daysApart: Int32 = 5

  private func stream(
    around id: ArticleID, and second: ArticleID? = nil, check: () throws -> Void
  ) throws -> StoryStream {
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
      if let second, stream[second] == nil {
        guard let far = try snapshot.article(second, parts: [.text, .facts], verifying: false)
        else {
          throw DanvanError(.notFound, "there is no article \(second)")
        }
        stream.add(far, day: try snapshot.articles(around: second).first { $0.id == second }?.day)
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
