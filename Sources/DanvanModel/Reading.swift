/// How a document became an article: what was assumed of its bytes, and where each field comes from.
public struct Reading: Sendable, Hashable, Codable {
  /// The version of the reader; a later one may read the same bytes better.
  public var reader: Int
  /// The encoding of the bytes, as iconv names it.
  public var encoding: String
  /// Where a field (`title`, `url`, `publisher`, `published`, `author`) comes from: `sender`, or a
  /// place in the document such as `og:title`, `json-ld:headline`, `mail:Subject`, `text`.
  public var origins: [String: String]
  /// Whether the document holds but a summary of the article, as feeds often do.
  public var isSummary: Bool
  /// Sentences on what was done besides the plain.
  public var notes: [String]

  public init(
    reader: Int = 0, encoding: String = "UTF-8", origins: [String: String] = [:],
    isSummary: Bool = false, notes: [String] = []
  ) {
    self.reader = reader
    self.encoding = encoding
    self.origins = origins
    self.isSummary = isSummary
    self.notes = notes
  }
}
