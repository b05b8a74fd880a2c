internal import DanvanModel
internal import DanvanStore

/// What the articles of a period say, read in one pass: of each fact as much as tells whether it is chosen.
struct BriefGathering {
  /// A fact and where it stands.
  struct Found<Fact> {
    let fact: Fact
    let article: ArticleID
    /// Of the fact among those of its kind in the article.
    let number: Int
    let day: PartialDate?
    let level: Offices.Level?
    /// Whether the article gives a post to who gave or said it.
    let hasPost: Bool
    let isOnMainTopic: Bool
  }

  struct MeetingReport {
    let fact: Event
    let source: FactSource
    let day: PartialDate
    let level: Offices.Level?
    let agenda: [String]
    let directives: Int
  }

  private(set) var reports: [MeetingReport] = []
  private(set) var directives: [Found<Directive>] = []
  private(set) var statements: [Found<Statement>] = []
  /// By outlet; an empty name: not known.
  private(set) var outlets: [String: [PartialDate?]] = [:]
  private(set) var ofInferredDay = 0
  private(set) var statementsWithoutPost = 0
  private var levels: OfficeLevels
  private let mainTopics: Set<String>

  /// Reads the articles of the scope, and those that tell of a meeting in its days. An article that is
  /// damaged is passed over.
  init(_ scope: BriefScope, _ snapshot: Snapshot, _ engine: Engine, mainTopics: Set<String>) throws
  {
    levels = OfficeLevels(engine.offices)
    self.mainTopics = mainTopics
    let background = Event.Status.allCases.firstIndex(of: .background)
    let events = try snapshot.parts(of: 0, as: .event, in: scope.days).filter {
      scope.isWanted($0.article) && EventDetail($0.detail).status != background
    }
    let eventsByArticle = Dictionary(grouping: events, by: \.article)
    let articles = Set(scope.articles)
    for id in articles.union(eventsByArticle.keys).sorted() {
      guard let article = try Self.article(id, in: snapshot) else { continue }
      addReports(of: eventsByArticle[id] ?? [], in: article)
      guard articles.contains(id) else { continue }
      addWords(of: article)
    }
  }

  private static func article(_ id: ArticleID, in snapshot: Snapshot) throws -> StoredArticle? {
    do {
      return try snapshot.article(id, parts: [.text, .facts], verifying: false)
    } catch let error as DanvanError where error.code == .dataLoss {
      return nil
    }
  }

  private mutating func addReports(of events: [KnownPart], in article: StoredArticle) {
    guard !events.isEmpty, let facts = article.facts else { return }
    for part in events {
      guard facts.events.indices.contains(part.number),
        let day = part.day.flatMap({ PartialDate(dayNumber: $0) })
      else { continue }
      let fact = facts.events[part.number]
      reports.append(
        MeetingReport(
          fact: fact, source: Self.place(fact.range, fact.evidence, article), day: day,
          level: fact.chairs.compactMap { levels.level(of: $0, in: facts) }.min(),
          agenda: Self.agenda(of: facts, besides: fact.name), directives: facts.directives.count))
    }
  }

  private mutating func addWords(of article: StoredArticle) {
    let header = article.header
    let day = ArticleShelf.day(of: header)
    outlets[header.source ?? header.publisher ?? "", default: []].append(day)
    if !(header.published?.isWhole ?? false), header.date?.basis == "event" { ofInferredDay += 1 }
    guard let facts = article.facts else { return }
    let isMain = facts.topics.first.map { mainTopics.contains($0.name) } ?? false
    for (number, fact) in facts.directives.enumerated() {
      directives.append(
        Found(
          fact: fact, article: article.id, number: number, day: day,
          level: levels.level(of: fact.issuer, in: facts),
          hasPost: Self.hasPost(fact.issuer, facts), isOnMainTopic: isMain))
    }
    for (number, fact) in facts.statements.enumerated() {
      let hasPost = Self.hasPost(fact.speaker, facts)
      if !hasPost { statementsWithoutPost += 1 }
      statements.append(
        Found(
          fact: fact, article: article.id, number: number, day: day,
          level: levels.level(of: fact.speaker, in: facts), hasPost: hasPost,
          isOnMainTopic: isMain))
    }
  }

  private static func hasPost(_ name: String, _ facts: Facts) -> Bool {
    facts.positions.contains { $0.person == name }
  }

  /// Without the sentence, which only what is chosen needs.
  private static func place(
    _ range: TextRange, _ evidence: Evidence, _ article: StoredArticle
  ) -> FactSource {
    let header = article.header
    return FactSource(
      article: article.id, day: ArticleShelf.day(of: header), title: header.title,
      outlet: header.source ?? header.publisher, range: range, sentence: "", evidence: evidence)
  }

  private static let mostOfAgenda = 4

  private static func agenda(of facts: Facts, besides name: String) -> [String] {
    var chosen: [String] = []
    let names = facts.mentions.filter { $0.kind != .time }.map(\.range)
    let phrases = facts.keyPhrases.filter { phrase in
      !names.contains { $0.start < phrase.range.end && phrase.range.start < $0.end }
    }
    for thing in facts.instruments.prefix(2) + phrases {
      guard chosen.count < mostOfAgenda,
        !([name] + chosen).contains(where: { $0.containsFolded(thing.text) })
      else { continue }
      chosen.append(thing.text)
    }
    return chosen
  }
}

/// The level of government of whoever is named, by the posts that an article gives.
struct OfficeLevels {
  private let offices: Offices
  private var names = NameReader(tokenizer: SyllableTokenizer())
  private var known: [String: Offices.Level?] = [:]

  init(_ offices: Offices) { self.offices = offices }

  /// The highest of a person's posts in the article; of a body or title what its own words tell.
  mutating func level(of name: String, in facts: Facts) -> Offices.Level? {
    let posts = facts.positions.filter { $0.person == name }
    guard !posts.isEmpty else { return level(ofWords: name) }
    return posts.compactMap {
      level(ofWords: [$0.role, $0.body].compactMap { $0 }.joined(separator: " "))
    }
    .min()
  }

  private mutating func level(ofWords text: String) -> Offices.Level? {
    if let level = known[text] { return level }
    let level = names.name(text).flatMap { offices.level(of: $0.canonical) }
    known[text] = .some(level)
    return level
  }
}

extension Offices.Level {
  /// 5 for the centre down to 1 for a commune.
  var points: Int {
    Self.allCases.count - (Self.allCases.firstIndex(of: self) ?? Self.allCases.count)
  }
}

extension String {
  func containsFolded(_ other: String) -> Bool { lowercased().contains(other.lowercased()) }
}
