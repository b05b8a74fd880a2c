public import DanvanModel
internal import GRDB
internal import Synchronization

extension Snapshot {
  /// How many articles of those days are about each topic.
  public func topicCounts(in days: ClosedRange<Int32>) throws -> [String: Int] {
    let names = try SQLStatement(
      db, "SELECT id, text FROM name WHERE canonical >= '#' AND canonical < '$'")
    var counts: [String: Int] = [:]
    var topics: [(id: Int64, text: String)] = []
    while try names.step() { topics.append((names.integer(0), names.text(1) ?? "")) }
    names.reset()
    let count = try SQLStatement(
      db, "SELECT count(*) FROM part WHERE name = ?1 AND role = 8 AND day BETWEEN ?2 AND ?3")
    for topic in topics {
      count.bind(1, topic.id)
      count.bind(2, Int64(days.lowerBound))
      count.bind(3, Int64(days.upperBound))
      if try count.step(), count.integer(0) > 0 { counts[topic.text] = Int(count.integer(0)) }
      count.reset()
    }
    return counts
  }

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
