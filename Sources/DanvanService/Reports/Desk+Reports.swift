public import DanvanModel
internal import DanvanStore

/// Which meetings are wanted; an empty text or nil asks for all.
public struct MeetingSearch: Sendable {
  public var period = ""
  public var chair = ""
  public var place = ""
  public var kind: Event.Kind?
  public var withBackground = false
  /// Of a person as chair: also where the title alone presides, and he held the post by other articles.
  public var withIncumbents = false
  public var limit = 0

  public init() {}
}

extension Desk {
  /// Meetings in the order of their days, the newest `limit` of them, and how many reports there are.
  /// Throws `invalidArgument`; `notFound` for a person who is not there.
  public func meetings(_ search: MeetingSearch, deadline: ContinuousClock.Instant? = nil) throws
    -> (meetings: [Meeting], reports: Int)
  {
    let limit = search.limit == 0 ? 50 : try Self.items(search.limit)
    let days = try DeskPeriod.reading(search.period)?.days
    return try reading(deadline) { snapshot in
      let filter = DeskFilter(desk: self, snapshot: snapshot)
      let reader = DeskReader(snapshot, engine)
      var parts =
        try search.chair.isEmpty
        ? snapshot.parts(of: 0, as: .event, in: days)
        : filter.parts(
          of: search.chair, as: .chair, in: days,
          withIncumbents: search.withIncumbents ? reader : nil)
      if !search.place.isEmpty {
        let there = Set(
          try filter.parts(of: search.place, as: .place, in: days).map {
            PlaceKey(article: $0.article, number: $0.number)
          })
        parts.removeAll { !there.contains(PlaceKey(article: $0.article, number: $0.number)) }
      }
      let kind = search.kind.flatMap { Event.Kind.allCases.firstIndex(of: $0) }
      let background = Event.Status.allCases.firstIndex(of: .background)
      parts.removeAll { part in
        let detail = EventDetail(part.detail)
        return (kind.map { $0 != detail.kind } ?? false)
          || (!search.withBackground && detail.status == background)
      }
      let meetings = try meetings(parts, limit, reader)
      return (meetings.reversed(), parts.count)
    }
  }

  private struct PlaceKey: Hashable {
    let article: ArticleID
    let number: Int
  }

  /// The newest `limit` statements in the order of time, and how many there are; with `about`, how many
  /// there are in the articles that answer it; `withIncumbents`: also what the title alone is reported to have
  /// said, where the speaker held the post by other articles. Throws as `meetings`.
  public func statements(
    by speaker: String, about: String, period: String, limit: Int, withIncumbents: Bool = false,
    deadline: ContinuousClock.Instant? = nil
  ) throws -> (items: [StatementItem], total: Int) {
    let limit = limit == 0 ? Self.defaultPage : try Self.items(limit)
    let days = try DeskPeriod.reading(period)?.days
    return try reading(deadline) { snapshot in
      let filter = DeskFilter(desk: self, snapshot: snapshot)
      let reader = DeskReader(snapshot, engine)
      var parts =
        try speaker.isEmpty
        ? snapshot.parts(of: 0, as: .statement, in: days).sorted(by: KnownPart.isNewer)
        : filter.parts(
          of: speaker, as: .speaker, in: days, withIncumbents: withIncumbents ? reader : nil)
      let subject = try filter.subject(about)
      if let subject { parts.removeAll { !subject.articles.contains($0.article) } }
      var items: [StatementItem] = []
      for part in parts.prefix(Self.mostRead) where items.count < limit {
        guard let item = try reader.statement(part),
          subject?.isNamed(in: item.fact.content) ?? true
        else { continue }
        items.append(item)
      }
      return (items.reversed(), parts.count)
    }
  }

  /// Articles by topic in a period, with those of the period before it (as many months, or days), the most
  /// frequent first. Throws `invalidArgument` for a period without a beginning or an end.
  public func topics(_ text: String, deadline: ContinuousClock.Instant? = nil) throws
    -> (first: PartialDate, last: PartialDate, topics: [(name: String, articles: Int, before: Int)])
  {
    let wanted = try DeskPeriod.reading(text)
    return try reading(deadline) { snapshot in
      guard let period = try wanted ?? Self.lastQuarter(snapshot), let first = period.first,
        let next = period.next, let last = PartialDate(dayNumber: next.dayNumber - 1)
      else {
        throw DanvanError.invalid("a period with a beginning and an end is wanted: 2021-Q1")
      }
      let before = try period.daysBefore.map { try snapshot.topicCounts(in: $0) } ?? [:]
      return (first, last, Self.counts(try snapshot.topicCounts(in: period.days), before))
    }
  }

  static func lastQuarter(_ snapshot: Snapshot) throws -> DeskPeriod? {
    guard let day = try snapshot.lastDay(), let date = PartialDate(dayNumber: day) else {
      return nil
    }
    return try DeskPeriod.reading("\(date.year)-Q\(((date.month ?? 1) + 2) / 3)")
  }

  /// How many articles of each month answer a query, and how many of no known day. Throws
  /// `invalidArgument`.
  public func timeline(_ query: String, deadline: ContinuousClock.Instant? = nil) throws
    -> (months: [(month: PartialDate, articles: Int)], undated: Int)
  {
    let plan = try plan(try QueryParser.parse(query), marks: .automatic)
    return try reading(deadline) { snapshot in
      var undated = 0
      var counts: [Int: Int] = [:]
      for id in try snapshot.matching(plan.query) {
        guard let day = snapshot.day(of: id), day <= Snapshot.today,
          let date = PartialDate(dayNumber: day)
        else {
          undated += 1
          continue
        }
        counts[date.year * 12 + (date.month ?? 1) - 1, default: 0] += 1
      }
      guard let first = counts.keys.min(), let last = counts.keys.max() else {
        return ([], undated)
      }
      let months = (first...last).compactMap { number in
        PartialDate(year: number / 12, month: number % 12 + 1).map { ($0, counts[number] ?? 0) }
      }
      return (months, undated)
    }
  }

  /// Both counts by name, the most frequent first.
  static func counts(_ now: [String: Int], _ before: [String: Int])
    -> [(name: String, articles: Int, before: Int)]
  {
    Set(now.keys).union(before.keys)
      .map { ($0, now[$0] ?? 0, before[$0] ?? 0) }
      .sorted { ($1.1, $1.2, $0.0) < ($0.1, $0.2, $1.0) }
  }
}
