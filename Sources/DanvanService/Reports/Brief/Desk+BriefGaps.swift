internal import DanvanModel
internal import DanvanStore

extension Desk {
  private static let mostSilences = 6

  /// What is missing of a brief that is complete but for posts.
  func gaps(
    _ scope: BriefScope, _ snapshot: Snapshot, _ gathering: BriefGathering,
    _ meetings: BriefMeetings, _ directives: BriefDirectives, _ brief: Brief
  ) throws -> BriefGaps {
    var gaps = BriefGaps()
    let covered = Set(brief.days.filter { $0.articles > 0 }.map(\.day.dayNumber))
    // Days to come are not missing.
    let end = max(scope.days.lowerBound, min(scope.days.upperBound, Snapshot.today))
    let days = scope.days.lowerBound...end
    let silences = Self.silences(in: days, besides: covered.filter(days.contains))
    gaps.daysWithoutArticles = silences.reduce(0) { $0 + $1.count }
    gaps.silences = silences.filter { $0.count > 1 }
      .sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
      .prefix(Self.mostSilences).compactMap(Self.dates)
    gaps.weeksWithoutArticles = silences.flatMap(Self.mondays).compactMap {
      PartialDate(dayNumber: $0)
    }
    gaps.silentOutlets = brief.outlets.filter { $0.articles == 0 && !$0.name.isEmpty }
    gaps.articlesOfInferredDay = gathering.ofInferredDay
    gaps.articlesWithoutOutlet = gathering.outlets[""]?.count ?? 0
    gaps.copies = try snapshot.copies().intersection(scope.articles).count
    gaps.articlesWithoutDay = scope.undated
    gaps.meetingsWithoutChair = meetings.withoutChair
    gaps.meetingsWithoutPlace = meetings.withoutPlace
    gaps.directivesWithoutAddressee = directives.withoutAddressee
    gaps.directivesWithoutTime = directives.withoutTime
    gaps.directivesUnanswered = directives.unanswered
    gaps.statementsWithoutPost = gathering.statementsWithoutPost
    gaps.isUnfinished = scope.isUnfinished
    return gaps
  }

  /// The longest runs of days that are not covered, in order.
  private static func silences(in days: ClosedRange<Int32>, besides covered: Set<Int32>)
    -> [ClosedRange<Int32>]
  {
    var silences: [ClosedRange<Int32>] = []
    var next = days.lowerBound
    for day in covered.sorted() + [days.upperBound + 1] {
      if day > next { silences.append(next...day - 1) }
      next = day + 1
    }
    return silences
  }

  /// The Mondays of the weeks that lie whole in the range.
  private static func mondays(of days: ClosedRange<Int32>) -> [Int32] {
    // Day 0, 1970-01-01, was a Thursday.
    let offset = (((days.lowerBound + 3) % 7) + 7) % 7
    let first = days.lowerBound + (7 - offset) % 7
    return Array(stride(from: first, through: days.upperBound - 6, by: 7))
  }
}
