/// An article as it is handed in: bytes of one document and what the sender knows about it.
public struct Submission: Sendable {
  /// The largest document taken, in bytes as submitted; with its envelope it fits one frame.
  public static let sizeLimit = 3 << 20

  /// The document's bytes as they came.
  public var content: [UInt8]
  public var mediaType: MediaType
  /// A file name or other label for messages; not kept.
  public var label: String
  public var title: String?
  public var url: String?
  public var source: String?
  /// Publication date known from outside, whole or partial.
  public var published: PartialDate?
  /// The encoding that the sender states, as iconv names it.
  public var charset: String?
  /// By what name the document calls a field of the article: `title` → `headline`. For JSON, CSV
  /// and front matter.
  public var fields: [String: String]

  public init(
    content: [UInt8], mediaType: MediaType, label: String = "", title: String? = nil,
    url: String? = nil, source: String? = nil, published: PartialDate? = nil,
    charset: String? = nil, fields: [String: String] = [:]
  ) {
    self.content = content
    self.mediaType = mediaType
    self.label = label
    self.title = title
    self.url = url
    self.source = source
    self.published = published
    self.charset = charset
    self.fields = fields
  }
}

/// The kinds of document that a reader exists for.
public enum MediaType: String, Sendable, CaseIterable {
  case plainText = "text/plain"
  case markdown = "text/markdown"
  case html = "text/html"
  /// One object of a JSON lines file: `text` (or `body`), `title`, `date`, `url`, `publisher`.
  case jsonArticle = "application/json"
  /// A head line and one record.
  case csv = "text/csv"
  /// An RSS or Atom feed of one item.
  case feed = "application/xml"
  /// One mail (RFC 5322).
  case mail = "message/rfc822"
}

/// An article as read: validated, with its text as it will be stored and every offset counts.
public struct Article: Sendable, Hashable {
  /// The whole readable text, headline first where there is one; UTF-8, exactly as it came
  /// (no normalisation), without a byte-order mark.
  public let text: String
  /// The headline, where the document or its sender gives one.
  public let title: String?
  public let url: String?
  /// The publisher as the sender or the document names it.
  public let publisher: String?
  public let published: PartialDate?
  /// Who wrote it, as the document says.
  public let author: String?
  /// How the document was read.
  public let reading: Reading

  public init(
    text: String, title: String?, url: String?, publisher: String?, published: PartialDate?,
    author: String? = nil, reading: Reading = Reading()
  ) {
    self.text = text
    self.title = title
    self.url = url
    self.publisher = publisher
    self.published = published
    self.author = author
    self.reading = reading
  }
}

/// The number of an article in its store: positive, never used twice.
public struct ArticleID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let value: Int64
  public init(_ value: Int64) { self.value = value }
  public var description: String { String(value) }
  public static func < (a: ArticleID, b: ArticleID) -> Bool { a.value < b.value }
}

/// What the store says of an ingested article once it is on disk.
public struct Receipt: Sendable, Hashable {
  public enum Outcome: String, Sendable { case added, duplicate, updated }
  public let id: ArticleID
  public let outcome: Outcome
  /// The event's sequence number; for a duplicate, that of the event that brought its text.
  public let sequence: Int64

  public init(id: ArticleID, outcome: Outcome, sequence: Int64) {
    self.id = id
    self.outcome = outcome
    self.sequence = sequence
  }
}
