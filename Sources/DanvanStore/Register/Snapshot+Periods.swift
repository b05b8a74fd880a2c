public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

extension Snapshot {
  /// How many articles of those days are about each topic; with `wanted`, of these.
  public func topicCounts(in days: ClosedRange<Int32>, of wanted: Set<ArticleID>? = nil) throws
    -> [String: Int]
  {
    let names = try SQLStatement(
      db, "SELECT id, text FROM name WHERE canonical >= '#' AND canonical < '$'")
    var counts: [String: Int] = [:]
    var topics: [(id: Int64, text: String)] = []
    while try names.step() { topics.append((names.integer(0), names.text(1) ?? "")) }
    names.reset()
    for topic in topics {
      let count = try articles(ofTopic: topic.id, in: days, wanted)
      if count > 0 { counts[topic.text] = count }
    }
    return counts
  }

  private func articles(
    ofTopic name: Int64, in days: ClosedRange<Int32>, _ wanted: Set<ArticleID>?
  ) throws -> Int {
    if let wanted {
      return try parts(of: name, as: .topic, in: days).count { wanted.contains($0.article) }
    }
    let count = try SQLStatement(
      db, "SELECT count(*) FROM part WHERE name = ?1 AND role = 8 AND day BETWEEN ?2 AND ?3")
    count.bind(1, name)
    count.bind(2, Int64(days.lowerBound))
    count.bind(3, Int64(days.upperBound))
    defer { count.reset() }
    return try count.step() ? Int(count.integer(0)) : 0
  }

  /// Who published an article, as far as known: the outlet of its attribution line, else its publisher. Nil
  /// for one whose record fails its checksum, for an answer about many does not fail for one.
  public func outlet(of article: ArticleID) throws -> String? {
    let select = try SQLStatement(
      db, "SELECT coalesce(source, publisher) FROM article WHERE id = ?1 AND \(Seal.article.holds)")
    select.bind(1, article.value)
    defer { select.reset() }
    return try select.step() ? select.text(0) : nil
  }

  /// The articles that are copies of an older one.
  public func copies() throws -> Set<ArticleID> {
    let select = try SQLStatement(db, "SELECT article FROM copy WHERE head <> article")
    defer { select.reset() }
    var copies: Set<ArticleID> = []
    while try select.step() { copies.insert(ArticleID(select.integer(0))) }
    return copies
  }

  /// All posts of the register.
  public func posts() throws -> [KnownPost] { try posts("1") { _ in } }

  /// The newest day of an article that is not in the future; nil where none has a day.
  public func lastDay() throws -> Int32? {
    let today = Int64(Self.today)
    let day = try Int64.fetchOne(
      db, sql: "SELECT max(day) FROM article WHERE day <= ?", arguments: [today])
    return day.flatMap { Int32(exactly: $0) }
  }

  /// Days since 1970-01-01, in UTC.
  public static var today: Int32 { Int32(clamping: Store.now() / 86_400_000_000_000) }

  /// The day by which an article is sorted, in days since 1970-01-01; nil where it has none.
  public func day(of article: ArticleID) -> Int32? {
    store.days.withLock { $0.day(article.value) }.flatMap { $0 > ArticleDays.undated ? $0 : nil }
  }
}
