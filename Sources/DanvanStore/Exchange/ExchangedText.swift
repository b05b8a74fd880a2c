public import DanvanModel

/// One revision of an article as it goes from one store to another.
public struct ExchangedText: Sendable {
  /// The number of the article in the store it comes from.
  public var id: ArticleID
  /// Counts from 1.
  public var revision: Int
  /// When this text came, in nanoseconds since 1970-01-01T00:00:00Z.
  public var time: Int64
  public var article: Article
  /// The identity of the revision before this one; see `Digest.identity(of:)`.
  public var previous: [UInt8]?
  /// Nil for an article of before such was kept.
  public var original: ExchangedOriginal?
  /// What is known of the article besides its texts; with the newest of them only.
  public var standing: ExchangedStanding?
  /// Nil where they were not asked for. An import makes them anew.
  public var facts: Facts?
  /// Of the newest text, as an export gives it; empty else.
  public var sha256: [UInt8] = []

  public init(
    id: ArticleID, revision: Int, time: Int64, article: Article, previous: [UInt8]? = nil,
    original: ExchangedOriginal? = nil, standing: ExchangedStanding? = nil, facts: Facts? = nil
  ) {
    self.id = id
    self.revision = revision
    self.time = time
    self.article = article
    self.previous = previous
    self.original = original
    self.standing = standing
    self.facts = facts
  }
}

/// A document as it came. Author and reading are those of the article made of it.
public struct ExchangedOriginal: Sendable {
  /// With what its sender stated; its content is empty where that is the article's text.
  public var submission: Submission
  public var isText: Bool

  public init(_ submission: Submission, isText: Bool) {
    self.submission = submission
    self.isText = isText
  }
}

/// Tags, sightings, group of copies and notes on directives of an article: what people and other documents
/// have added to its texts.
public struct ExchangedStanding: Sendable {
  /// In no order.
  public var tags: [String]
  public var sightings: [Sighting]
  /// The identity of the first revision of its group's head; nil for one that is alone or is the head.
  public var copyOf: [UInt8]?
  /// The oldest first. Their article's number is of the store that they come from.
  public var marks: [StoredMark]
  /// What people have said of its facts, the oldest first; as `marks`.
  public var corrections: [Correction]

  public init(
    tags: [String], sightings: [Sighting], copyOf: [UInt8]?, marks: [StoredMark] = [],
    corrections: [Correction] = []
  ) {
    self.tags = tags
    self.sightings = sightings
    self.copyOf = copyOf
    self.marks = marks
    self.corrections = corrections
  }
}

/// How a text from another store is to be taken in.
public struct Arrival: Sendable {
  public let text: ExchangedText
  /// Look for copies among all articles instead of taking the group as stated.
  public let regroups: Bool
  /// Refuse an article whose number is taken instead of giving it another.
  public let keepsNumber: Bool

  public init(_ text: ExchangedText, regroups: Bool, keepsNumber: Bool) {
    self.text = text
    self.regroups = regroups
    self.keepsNumber = keepsNumber
  }
}
