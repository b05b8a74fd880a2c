internal import DanvanModel
internal import DanvanStore

extension Desk {
  private static let defaultBrief = 16
  private static let mostBrief = 200
  private static let mainTopics = 5
  private static let mostVacant = 12

  /// What happened in a period; with `query`, by the articles that answer it. Of each list at most `limit`,
  /// 0: 16.
  ///
  /// Throws `invalidArgument` for what names no period, a wrong query or limit.
  public func brief(
    _ period: String, query: String = "", limit: Int = 0,
    deadline: ContinuousClock.Instant? = nil
  ) throws -> Brief {
    guard limit <= Self.mostBrief else {
      throw DanvanError.invalid("at most \(Self.mostBrief) of each can be asked for")
    }
    let limit = limit > 0 ? limit : Self.defaultBrief
    let engine = self.engine
    return try reading(deadline) { snapshot in
      let scope = try BriefScope(self, snapshot, period: period, query: query)
      let topics = try Self.topics(of: scope, snapshot)
      let gathering = try BriefGathering(
        scope, snapshot, engine, mainTopics: Set(topics.prefix(Self.mainTopics).map(\.name)))
      let reader = DeskReader(snapshot, engine)
      let meetings = BriefMeetings(gathering)
      let directives = try BriefDirectives(gathering, snapshot)
      var changes = try PostChanges(scope, snapshot, engine, reader.shelf)

      var brief = Brief(first: scope.first, last: scope.last)
      brief.before = scope.daysBefore.flatMap(Self.dates)
      brief.topics = topics
      brief.outlets = try Self.outlets(gathering, of: scope, snapshot)
      brief.totals = try Self.totals(of: scope.articles, in: scope.days, scope, snapshot)
      brief.totals.meetings = meetings.count
      brief.totals.outlets = brief.outlets.count { $0.articles > 0 && !$0.name.isEmpty }
      if let before = scope.daysBefore {
        brief.totalsBefore = try Self.totals(of: scope.articlesBefore, in: before, scope, snapshot)
        brief.totalsBefore.outlets = brief.outlets.count { $0.before > 0 && !$0.name.isEmpty }
      }
      brief.days = Self.days(scope, snapshot, meetings: meetings.days)
      brief.meetings = try meetings.chosen(limit, reader)
      brief.meetingKinds = meetings.kinds
      brief.directives = try directives.chosen(limit, reader)
      brief.issuers = directives.issuers(besides: brief.directives)
      brief.addressees = directives.addressees
      brief.statements = try BriefStatements(gathering).chosen(limit, reader)
      brief.changes = try changes.chosen(limit)
      brief.gaps = try gaps(scope, snapshot, gathering, meetings, directives, brief)
      brief.gaps.vacant = try changes.vacant(Self.mostVacant)
      brief.gaps.sharedPosts = changes.sharedPosts
      brief.gaps.unclearPosts = changes.unclearPosts
      brief.outlets.removeAll { $0.articles == 0 }
      return brief
    }
  }

  private static func topics(of scope: BriefScope, _ snapshot: Snapshot) throws
    -> [(name: String, articles: Int, before: Int)]
  {
    let before =
      try scope.daysBefore.map { try snapshot.topicCounts(in: $0, of: scope.wanted) } ?? [:]
    return counts(try snapshot.topicCounts(in: scope.days, of: scope.wanted), before)
  }

  /// Without meetings and outlets, which are counted otherwise.
  private static func totals(
    of articles: [ArticleID], in days: ClosedRange<Int32>, _ scope: BriefScope,
    _ snapshot: Snapshot
  ) throws -> BriefTotals {
    let background = Event.Status.allCases.firstIndex(of: .background)
    func parts(_ role: RegisterRole) throws -> [KnownPart] {
      try snapshot.parts(of: 0, as: role, in: days).filter { scope.isWanted($0.article) }
    }
    var totals = BriefTotals(articles: articles.count)
    totals.meetingReports = try parts(.event)
      .count { EventDetail($0.detail).status != background }
    totals.statements = try parts(.statement).count
    totals.directives = try parts(.directive).count
    return totals
  }

  /// Those of either period, the most frequent of this one first.
  private static func outlets(
    _ gathering: BriefGathering, of scope: BriefScope, _ snapshot: Snapshot
  ) throws -> [OutletCount] {
    var counts: [String: OutletCount] = [:]
    for (name, days) in gathering.outlets {
      counts[name] = OutletCount(
        name: name, articles: days.count, days: Set(days.compactMap { $0 }).count)
    }
    for article in scope.articlesBefore {
      let name = try snapshot.outlet(of: article) ?? ""
      counts[name, default: OutletCount(name: name)].before += 1
    }
    return counts.values.sorted {
      ($1.articles, $1.before, $0.name) < ($0.articles, $0.before, $1.name)
    }
  }

  private static func days(_ scope: BriefScope, _ snapshot: Snapshot, meetings: [PartialDate])
    -> [BriefDay]
  {
    var days: [PartialDate: BriefDay] = [:]
    for article in scope.articles {
      guard let day = snapshot.day(of: article).flatMap({ PartialDate(dayNumber: $0) }) else {
        continue
      }
      days[day, default: BriefDay(day: day, articles: 0, meetings: 0)].articles += 1
    }
    for day in meetings {
      days[day, default: BriefDay(day: day, articles: 0, meetings: 0)].meetings += 1
    }
    return days.values.sorted { $0.day < $1.day }
  }

  static func dates(_ days: ClosedRange<Int32>) -> (first: PartialDate, last: PartialDate)? {
    guard let first = PartialDate(dayNumber: days.lowerBound),
      let last = PartialDate(dayNumber: days.upperBound)
    else { return nil }
    return (first, last)
  }
}
