public import DanvanModel
public import DanvanStore

/// A search as a caller asks for it.
public struct SearchRequest: Sendable {
  /// How marks (tones, and the signs of ă â đ ê ô ơ ư) count.
  public enum Marks: String, Sendable, CaseIterable {
    /// A syllable typed without marks matches any; one typed with marks binds. Where that finds
    /// nothing, marked words outside quotation marks also match their plain spelling.
    case automatic
    /// Every syllable matches as typed only, and abbreviations are not expanded.
    case exact
    /// Marks are ignored on both sides.
    case ignored
  }

  /// Text of the query language; empty finds every article.
  public var query: String
  /// 0 means the default of 20; at most 1,000.
  public var limit: Int
  public var order: SearchOrder
  public var marks: Marks
  /// The `next` of an earlier page of the same search, or empty.
  public var after: String
  /// What to count the matches by, and at most so many values of each.
  public var facets: [SearchFacet] = []
  public var facetLimit = 10
  /// Only the counts are wanted, no hits.
  public var countsOnly = false
  /// Whether of the copies of one text only the first on a page is shown.
  public var foldsCopies = false
  /// Whether to say how the query was understood.
  public var explains: Bool
  /// When to give up with `deadlineExceeded`.
  public var deadline: ContinuousClock.Instant?

  public init(
    query: String, limit: Int = 0, order: SearchOrder = .newest, marks: Marks = .automatic,
    after: String = "", explains: Bool = false, deadline: ContinuousClock.Instant? = nil
  ) {
    self.query = query
    self.limit = limit
    self.order = order
    self.marks = marks
    self.after = after
    self.explains = explains
    self.deadline = deadline
  }
}

/// One article of a result.
public struct SearchHit: Sendable {
  public let article: ArticleHeader
  /// A piece of the stored text with the hits in it, on one line.
  public let snippet: String
  /// The hits, in UTF-8 bytes of `snippet`, in order and apart.
  public let highlights: [Range<Int>]
  /// The facts of those kinds that the query asks for; nil where it asks for none.
  public let facts: Facts?
  /// In the order of Vietnamese dictionaries.
  public let tags: [String]
  /// The other articles of its group of copies, oldest first.
  public let copies: [ArticleID]
}

public struct SearchPage: Sendable {
  public let hits: [SearchHit]
  /// How many articles match in all.
  public let total: Int
  /// What to pass as `after` for the next page; empty after the last.
  public let next: String
  /// Sentences on what was done besides the letter of the query.
  public let notes: [String]
  /// Queries that do find something, where this one found nothing.
  public internal(set) var suggestions: [String] = []
  public internal(set) var explanation: Explanation?
  /// In the order in which they were asked for.
  public internal(set) var facets: [FacetCount] = []

  init(hits: [SearchHit], total: Int, next: String, notes: [String]) {
    self.hits = hits
    self.total = total
    self.next = next
    self.notes = notes
  }
}
