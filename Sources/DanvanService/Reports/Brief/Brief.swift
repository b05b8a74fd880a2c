public import DanvanModel

/// What happened in a period, by what articles say. Lists are chosen; counts are of all.
public struct Brief: Sendable {
  public var first: PartialDate
  public var last: PartialDate
  /// The first and last day of the period before; nil at the beginning of the calendar.
  public var before: (first: PartialDate, last: PartialDate)?
  public var totals = BriefTotals()
  public var totalsBefore = BriefTotals()
  /// With an article or a meeting, in order.
  public var days: [BriefDay] = []
  public var meetings: [BriefMeeting] = []
  public var meetingKinds: [(kind: Event.Kind, meetings: Int)] = []
  public var issuers: [DirectiveParty] = []
  public var addressees: [DirectiveParty] = []
  public var directives: [BriefDirective] = []
  public var topics: [(name: String, articles: Int, before: Int)] = []
  public var changes: [PostChange] = []
  public var statements: [BriefStatement] = []
  public var outlets: [OutletCount] = []
  public var gaps = BriefGaps()
}

public struct BriefTotals: Sendable {
  public var articles = 0
  public var meetingReports = 0
  /// Of the period itself only.
  public var meetings = 0
  public var statements = 0
  public var directives = 0
  public var outlets = 0
}

public struct BriefDay: Sendable {
  public var day: PartialDate
  public var articles: Int
  public var meetings: Int
}

/// Why something was chosen: its weight is the sum of the points.
public struct Weighing: Sendable {
  public enum Reason: String, Sendable {
    /// Several articles report it.
    case reports
    /// Who chairs, orders or speaks is of a high level of government.
    case level
    case chair, directives, addressee, time
    /// People have noted something on it.
    case noted
    case direct
    /// The article gives the speaker a post.
    case post
    /// Its article is about one of the main topics of the period.
    case topic
  }
  public private(set) var points: [(reason: Reason, points: Int)] = []
  public private(set) var sum = 0

  mutating func add(_ reason: Reason, _ points: Int) {
    guard points > 0 else { return }
    self.points.append((reason, points))
    sum += points
  }

  /// Two points for each article beside the first, up to four of those.
  mutating func add(reports count: Int) { add(.reports, 2 * min(count - 1, 4)) }
}

public struct BriefMeeting: Sendable {
  public var meeting: Meeting
  /// Instruments that its reports name, then their key phrases.
  public var agenda: [String]
  public var directives: Int
  public var weighing: Weighing
}

/// Who gave or received directives.
public struct DirectiveParty: Sendable {
  public var name: String
  public var directives = 0
  public var done = 0
  public var dropped = 0
}

public struct BriefDirective: Sendable {
  public var item: DirectiveItem
  /// As its issuer is called in `Brief.issuers`.
  public var party: String
  public var articles: Int
  public var weighing: Weighing
}

public struct BriefStatement: Sendable {
  public var item: StatementItem
  /// As the article gives it; nil where it gives none.
  public var post: String?
  public var articles: Int
  public var weighing: Weighing
}

/// A post in which somebody was first seen in the period, where somebody else was seen before.
public struct PostChange: Sendable {
  public enum Doubt: String, Sendable {
    case oneArticleSince = "one_article_since"
    case oneArticleBefore = "one_article_before"
    /// More than a year between the last day of the one and the first day of the other.
    case longGap = "long_gap"
    /// One of the two days was taken from what the article tells of.
    case inferredDay = "inferred_day"
  }
  public struct Seen: Sendable {
    public var person: EntitySummary
    public var day: PartialDate
    public var articles: Int
    public var source: FactSource
  }
  public var post: String
  /// On the first day.
  public var holder: Seen
  /// On the last day.
  public var before: Seen
  public var doubts: [Doubt]
}

public struct OutletCount: Sendable {
  /// Empty: not known.
  public var name: String
  public var articles = 0
  public var before = 0
  public var days = 0
}

/// What is missing.
public struct BriefGaps: Sendable {
  public var daysWithoutArticles = 0
  public var silences: [(first: PartialDate, last: PartialDate)] = []
  /// The Mondays of weeks that lie whole in the period.
  public var weeksWithoutArticles: [PartialDate] = []
  public var silentOutlets: [OutletCount] = []
  public var articlesOfInferredDay = 0
  public var articlesWithoutOutlet = 0
  public var copies = 0
  public var articlesWithoutDay = 0
  public var meetingsWithoutChair = 0
  public var meetingsWithoutPlace = 0
  public var directivesWithoutAddressee = 0
  public var directivesWithoutTime = 0
  public var directivesUnanswered = 0
  public var statementsWithoutPost = 0
  public var vacant: [VacantPost] = []
  public var sharedPosts = 0
  public var unclearPosts = 0
  public var isUnfinished = false
}

/// A post that somebody was seen in before, and nobody now.
public struct VacantPost: Sendable {
  public var post: String
  public var holder: EntitySummary
  public var last: PartialDate
  public var articles: Int
  public var source: FactSource
}
