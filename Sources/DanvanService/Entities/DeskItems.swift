public import DanvanModel

/// Where a fact stands, with the sentence that holds it.
public struct FactSource: Sendable {
  public let article: ArticleID
  /// The day by which the article is sorted; nil where it has none.
  public let day: PartialDate?
  public let title: String?
  public let outlet: String?
  /// UTF-8 bytes of the article's stored text.
  public let range: TextRange
  /// On one line.
  public let sentence: String
  public let evidence: Evidence
}

/// A post, from the first to the last day on which articles attest it.
public struct Tenure: Sendable {
  public var role: String
  public var body: String?
  /// Nil where no article that says so has a day.
  public var first: PartialDate?
  public var last: PartialDate?
  public var articles: Int
  /// The first and the last article that say so.
  public var sources: [FactSource]
  /// Times of more than a year within it of which no article speaks.
  public var gaps: [(first: PartialDate, last: PartialDate)]
  public var holder: EntitySummary?
}

/// An entity in few words.
public struct EntitySummary: Sendable {
  public var reference: String
  public var name: String
  /// What tells it from others of its name.
  public var knownAs: String
  public var articles: Int
}

public struct DirectiveItem: Sendable {
  public var fact: Directive
  /// The meeting of the same article, where it tells of one.
  public var event: String?
  public var source: FactSource
  public var state: DirectiveState
  /// Who held the post by which its issuer is named, by other articles.
  public var incumbent: Incumbent?

  /// Article and first byte.
  public var id: String { "\(source.article).\(fact.range.start)" }
}

/// What people noted on a directive.
public struct DirectiveState: Sendable, Equatable {
  public var status = "open"
  public var due: String?
  public var owner: String?
  public var note: String?
  /// Nanoseconds since 1970-01-01; nil where nothing was noted.
  public var changed: Int64?

  public init() {}
}

public struct StatementItem: Sendable {
  public var fact: Statement
  public var source: FactSource
  /// Who held the post by which its speaker is named, by other articles.
  public var incumbent: Incumbent?
}

/// A gathering, as one or more articles report it.
public struct Meeting: Sendable {
  public var kind: Event.Kind
  public var name: String
  public var status: Event.Status
  public var day: PartialDate?
  /// The TIME value, where it tells more than the day.
  public var when: String?
  public var place: String?
  public var chairs: [String]
  public var attendees: [String]
  /// The article with the fullest naming first.
  public var sources: [FactSource]
  /// Who held the posts by which chairs and attendees are named, by other articles.
  public var incumbents: [Incumbent] = []
}

/// How many there are in all.
public struct DeskTotals: Sendable, Equatable {
  public var articles = 0
  public var events = 0
  public var statements = 0
  public var given = 0
  public var received = 0
}
