internal import DanvanModel
internal import DanvanStore

/// What a brief is about: two periods, and the articles of each.
struct BriefScope {
  let first: PartialDate
  let last: PartialDate
  /// Days since 1970-01-01.
  let days: ClosedRange<Int32>
  let daysBefore: ClosedRange<Int32>?
  /// Nil: no query, every article is wanted.
  let wanted: Set<ArticleID>?
  /// In the order of their numbers.
  let articles: [ArticleID]
  let articlesBefore: [ArticleID]
  let undated: Int
  /// Not over yet, or not covered to its end.
  let isUnfinished: Bool

  /// Throws `invalidArgument` for what names no period and for a wrong query.
  init(_ desk: Desk, _ snapshot: Snapshot, period text: String, query: String) throws {
    let plan = try desk.plan(try QueryParser.parse(query), marks: .automatic)
    let matching = try snapshot.matching(plan.query)
    var dated: [(id: ArticleID, day: Int32)] = []
    var undated = 0
    for id in matching.reversed() {
      if let day = snapshot.day(of: id), day <= Snapshot.today + 1 {
        dated.append((id, day))
      } else {
        undated += 1
      }
    }
    let given = try DeskPeriod.reading(text) ?? Desk.lastQuarter(snapshot)
    let newest = dated.map(\.day).max() ?? Snapshot.today
    let start = given?.first?.dayNumber ?? dated.map(\.day).min() ?? newest
    let end = max(start, given?.next.map { $0.dayNumber - 1 } ?? newest)
    guard let first = PartialDate(dayNumber: start), let last = PartialDate(dayNumber: end) else {
      throw DanvanError.invalid("the period lies outside the years 1 to 9999")
    }
    self.first = first
    self.last = last
    days = start...end
    daysBefore = DeskPeriod(first: first, next: PartialDate(dayNumber: end + 1)).daysBefore
    wanted = query.isEmpty ? nil : Set(matching)
    let (days, before) = (days, daysBefore)
    articles = dated.filter { days.contains($0.day) }.map(\.id)
    articlesBefore = dated.filter { before?.contains($0.day) ?? false }.map(\.id)
    self.undated = undated
    let lastDay = try snapshot.lastDay() ?? end
    isUnfinished = end >= Snapshot.today || end > lastDay
  }

  func isWanted(_ article: ArticleID) -> Bool { wanted?.contains(article) ?? true }
}
