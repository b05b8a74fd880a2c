public import DanvanModel

/// What an input holds at one place: a document, or the reason why there is none.
public enum InputItem: Sendable {
  case document(Submission)
  /// `label` says where: a path, or a path and a line.
  case fault(label: String, DanvanError)
}

/// What the sender says of every document of an input.
public struct InputLabels: Sendable {
  public var title: String?
  public var url: String?
  public var source: String?
  public var published: PartialDate?
  /// The encoding of text that is not UTF-8, as iconv names it.
  public var charset: String?
  /// By what name JSON objects, CSV tables and front matter call a field of the article.
  public var fields: [String: String]

  public init(
    title: String? = nil, url: String? = nil, source: String? = nil, published: PartialDate? = nil,
    charset: String? = nil, fields: [String: String] = [:]
  ) {
    self.title = title
    self.url = url
    self.source = source
    self.published = published
    self.charset = charset
    self.fields = fields
  }
}
