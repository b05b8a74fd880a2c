public import DanvanModel

/// A compiled query: what the store evaluates. Search and watch filters are the same value.
public indirect enum StoreQuery: Sendable, Hashable {
  case everything
  case nothing
  case phrase(TermPhrase)
  /// Phrases of one field with at most so many terms between the first and the last of them.
  case near([TermPhrase], within: Int)
  case ids(Set<ArticleID>)
  /// Articles of `from` or later and before `before`, by their day of publication, else of report;
  /// a partial date counts as its first day, and an undated article is in no range.
  case dated(from: PartialDate?, before: PartialDate?)
  /// Articles that bear the tag now.
  case tagged(String)
  case written(in: Language)
  case all([StoreQuery])
  case any([StoreQuery])
  case not(StoreQuery)
}

/// Terms that must stand next to each other in one field; each place may be filled by one of several.
public struct TermPhrase: Sendable, Hashable {
  public var field: SearchField
  /// Index terms in canonical form, as the tokenizer emits them, UTF-8.
  public var places: [[[UInt8]]]

  public init(field: SearchField, places: [[[UInt8]]]) {
    self.field = field
    self.places = places
  }
}

/// Where a phrase is looked for.
public enum SearchField: String, Sendable, Hashable, CaseIterable {
  /// Headline or text.
  case anywhere
  case title
  // Below here, names found by the engine or told by the sender.
  case person
  case post
  case organization
  case place
  case source
  case publisher
  case instrument
  case campaign
  /// Kinds of facts in the article: `person`, `event`, `directive`, …
  case kind
  /// Of the taxonomy in the rules.
  case topic
}

/// In which order the hits come.
public enum SearchOrder: String, Sendable, Hashable {
  /// By day of publication, else of report, the newest first and undated articles last; of one day
  /// the last ingested first.
  case newest
  /// BM25 in steps, over all that matches; see `Snapshot.addMostRelevant`.
  case relevance
  /// By headline as Vietnamese dictionaries sort, articles without one last; of equal ones the newest first.
  case title
}

/// Where in a result to go on from: the sort keys of the last hit seen.
public struct SearchPosition: Sendable, Hashable {
  /// A day number, or the bits of a score; smaller ones come first.
  public let key: Int64
  public let id: ArticleID

  public init(key: Int64, id: ArticleID) {
    self.key = key
    self.id = id
  }

  /// Smaller keys first; of one key, the greater id.
  func precedes(_ other: SearchPosition) -> Bool {
    key != other.key ? key < other.key : id > other.id
  }
}

/// One page of a result.
public struct SearchResult: Sendable {
  public let ids: [ArticleID]
  /// How many articles match in all.
  public let total: Int
  /// Nil when this page was the last.
  public let next: SearchPosition?
  /// In the order of headlines, the sort key of that article's; else empty.
  public let nextTitle: [UInt8]

  public init(ids: [ArticleID], total: Int, next: SearchPosition?, nextTitle: [UInt8] = []) {
    self.ids = ids
    self.total = total
    self.next = next
    self.nextTitle = nextTitle
  }
}
