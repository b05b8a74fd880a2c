public import DanvanModel

/// What the store keeps of one article besides its text and facts.
public struct ArticleHeader: Sendable, Hashable {
  public let id: ArticleID
  public let title: String?
  public let url: String?
  public let publisher: String?
  /// The publication date as the sender or the document gave it.
  public let published: PartialDate?
  /// The day the article reports from, as inferred by the engine.
  public let date: DocumentDate?
  /// The outlet of the attribution line.
  public let source: String?
  /// As found by the engine; nil until a rule set that tells it has read the article.
  public let language: Language?
  /// When its first revision came, in nanoseconds since 1970-01-01T00:00:00Z.
  public let ingested: Int64
  /// Length of the stored text in UTF-8 bytes.
  public let textCount: Int
  /// SHA-256 of the stored text's UTF-8.
  public let sha256: [UInt8]
  /// The sequence number of the event that brought this text.
  public let sequence: Int64
  /// Counts from 1; a new text under the same URL is a new revision.
  public let revision: Int
  /// The version of the rule set that found its facts.
  public let ruleSet: String

  public init(
    id: ArticleID, title: String?, url: String?, publisher: String?, published: PartialDate?,
    date: DocumentDate?, source: String?, language: Language? = nil, ingested: Int64,
    textCount: Int,
    sha256: [UInt8], sequence: Int64, revision: Int = 1, ruleSet: String
  ) {
    self.id = id
    self.title = title
    self.url = url
    self.publisher = publisher
    self.published = published
    self.date = date
    self.source = source
    self.language = language
    self.ingested = ingested
    self.textCount = textCount
    self.sha256 = sha256
    self.sequence = sequence
    self.revision = revision
    self.ruleSet = ruleSet
  }
}

/// An article as it lies in the store, its checksum verified.
public struct StoredArticle: Sendable {
  public let header: ArticleHeader
  /// The text; nil when it was not asked for.
  public let text: String?
  /// The same text as stored: one zlib stream of `header.textCount` bytes. Nil as `text`, and where the
  /// stream needs a dictionary of the store.
  public let compressedText: [UInt8]?
  /// Nil when they were not asked for.
  public let facts: Facts?

  public var id: ArticleID { header.id }

  public init(
    header: ArticleHeader, text: String?, compressedText: [UInt8]?, facts: Facts?
  ) {
    self.header = header
    self.text = text
    self.compressedText = compressedText
    self.facts = facts
  }
}

/// Which parts of an article to read. The text is always read where facts are, for they point into it.
public struct ArticleParts: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let text = ArticleParts(rawValue: 1)
  public static let facts = ArticleParts(rawValue: 2)
}
