internal import DanvanModel
internal import DanvanStore

/// The titles by which an article says who speaks, orders, presides or attends without naming him, and who
/// held these posts by what other articles say.
///
/// There is no answer for a title whose holder the article names somewhere, or which it writes longer somewhere
/// else (`Bộ trưởng Quốc phòng` beside `Bộ trưởng Quốc phòng Mỹ`); for one that names neither a body nor a
/// place; in an article whose day is not stated; and where the sentence tells of a time long before that day.
final class TitlesAlone {
  private var finder: IncumbentFinder
  private var names = NameReader(tokenizer: SyllableTokenizer())
  /// What the last article looked at says of posts, and who was told for which of them.
  private var last: (article: ArticleID, posts: Posts)?
  private var told: [String: IncumbentFinder.Answer?] = [:]
  /// Days before the article's that are still its own time.
  private static let ownTime: Int32 = 31

  init(_ snapshot: Snapshot, _ engine: Engine, _ shelf: ArticleShelf) {
    finder = IncumbentFinder(snapshot, engine, shelf)
  }

  /// All of the article, each wording once, in the order of the text.
  func incumbents(in article: StoredArticle) throws -> [Incumbent] {
    guard let facts = article.facts else { return [] }
    var found = try facts.events.flatMap { try incumbents(of: $0, in: article) }
    found += try facts.statements.compactMap {
      try incumbent($0.speaker, of: $0.range, in: article)
    }
    found += try facts.directives.compactMap {
      try incumbent($0.issuer, of: $0.range, in: article)
    }
    var seen: Set<String> = []
    return found.sorted { $0.title.range < $1.title.range }
      .filter { seen.insert($0.title.text).inserted }
  }

  /// Of those who preside at an event or attend it.
  func incumbents(of event: Event, in article: StoredArticle) throws -> [Incumbent] {
    guard event.status != .background, let day = ArticleShelf.statedDay(of: article.header),
      event.when.flatMap(Self.lastDay).map({ abs($0 - day.dayNumber) <= Self.ownTime }) ?? true
    else { return [] }
    return try (event.chairs + event.attendees).compactMap {
      try incumbent($0, of: event.range, in: article)
    }
  }

  /// Who held the post that a fact of the article names as a party; `range` is the fact's. Nil where the party
  /// is no title alone or nobody can be told.
  func incumbent(_ party: String, of range: TextRange, in article: StoredArticle) throws
    -> Incumbent?
  {
    guard let facts = article.facts, let text = article.text,
      let day = ArticleShelf.statedDay(of: article.header)
    else { return nil }
    let posts = posts(of: article.id, facts, text)
    guard let title = posts.alone(party, near: range), let post = posts.ofTitle[title.range],
      !posts.isTold(post.key),
      !Self.isOfThePast(title, besides: range, facts, text, day.dayNumber),
      let answer = try holder(of: post.key, on: day.dayNumber, in: article.id)
    else { return nil }
    return Incumbent(
      title: title, post: post.wording, person: answer.person, day: day, sources: answer.sources,
      articles: answer.articles)
  }

  private func holder(of key: String, on day: Int32, in article: ArticleID) throws
    -> IncumbentFinder.Answer?
  {
    if let known = told[key] { return known }
    let answer = try finder.holder(of: key, on: day, askedBy: article)
    told[key] = .some(answer)
    return answer
  }

  // MARK: What the article says of posts

  private struct Posts {
    var titles: [String: [Mention]] = [:]
    /// Of the titles that name a body or a place.
    var ofTitle: [TextRange: (key: String, wording: String)] = [:]
    /// Those with a holder, and all in the order of their words.
    var held: Set<String> = []
    var all: [String] = []

    /// The title nearest to the range that is written so; nil where there is none, or the article tells who
    /// holds one of them.
    func alone(_ words: String, near range: TextRange) -> Mention? {
      guard let titles = titles[words], titles.allSatisfy({ $0.holder == nil }) else { return nil }
      return titles.min { $0.range.distance(to: range) < $1.range.distance(to: range) }
    }

    /// Whether the article names a holder of the post, or writes what goes on from it.
    func isTold(_ key: String) -> Bool {
      held.contains(key) || all.contains { $0.hasPrefix(key + " ") }
    }
  }

  private func posts(of article: ArticleID, _ facts: Facts, _ text: String) -> Posts {
    if let last, last.article == article { return last.posts }
    var posts = Posts()
    var all: Set<String> = []
    func note(_ role: String, _ body: String?) -> String? {
      guard let key = names.post(role: role, body: body).map(finder.key) else { return nil }
      all.insert(key)
      return key
    }
    for position in facts.positions {
      if let key = note(position.role, position.body) { posts.held.insert(key) }
    }
    let bytes = Array(text.utf8)
    for title in facts.mentions where title.kind == .title {
      posts.titles[title.text, default: []].append(title)
      let (role, found) = facts.office(of: title, in: bytes)
      let body = found.map { $0.name ?? $0.text }
      guard let key = note(role, body) else { continue }
      let hasPlace = facts.mentions(within: title.range).contains { $0.kind == .location }
      if body != nil || hasPlace {
        posts.ofTitle[title.range] = (key, KnownPost.joined(role, body))
      }
    }
    posts.all = all.sorted()
    last = (article, posts)
    told = [:]
    return posts
  }

  /// Whether the sentence, besides what is said in it, names a time that was over long before the day.
  private static func isOfThePast(
    _ title: Mention, besides said: TextRange, _ facts: Facts, _ text: String, _ day: Int32
  ) -> Bool {
    guard let sentence = ArticleShelf.sentenceFound(in: text, at: title.range)?.range else {
      return true
    }
    return facts.mentions.contains { mention in
      mention.kind == .time && sentence.contains(mention.range) && !said.contains(mention.range)
        && mention.value.flatMap { lastDay(of: $0) }.map { $0 < day - ownTime } ?? false
    }
  }

  /// The last day that a TIME value may mean; nil for one that names no date.
  static func lastDay(of value: String) -> Int32? {
    let written = value.split(separator: "/").last ?? ""
    if let date = PartialDate(written) {
      let month = date.month ?? 12
      let day = date.day ?? PartialDate.days(inMonth: month, of: date.year)
      return PartialDate(year: date.year, month: month, day: day)?.dayNumber
    }
    // A quarter or another part of a year: it ends with the year at the latest.
    return PartialDate(written.prefix(4)).flatMap {
      PartialDate(year: $0.year, month: 12, day: 31)?.dayNumber
    }
  }
}

extension TextRange {
  /// Bytes between the two; 0 where they touch.
  fileprivate func distance(to other: TextRange) -> Int {
    max(start - other.end, other.start - end, 0)
  }
}
