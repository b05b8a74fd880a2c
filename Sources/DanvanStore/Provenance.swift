public import DanvanModel
internal import FoundationEssentials

/// What an article came from, ready to be written.
public struct Provenance: Sendable {
  let mediaType: String
  let reading: Reading
  let author: String?
  let given: GivenFields
  let count: Int
  /// See `OriginalBody`; nil where the bytes are those of the stored text.
  let body: [UInt8]?
  /// Nil where the text is too short to tell copies.
  let signature: [UInt32]?
  let sighting: SightingPlace

  /// The document of an article from another store; what else is known of it comes with its standing.
  public init(_ original: ExchangedOriginal, of article: Article, signature: [UInt32]?) throws {
    var submission = original.submission
    if original.isText { submission.content = Array(article.text.utf8) }
    try self.init(submission, read: article, signature: signature)
  }

  /// `signature`: the minima of the text's shingles; see `CopyBands`. Throws `internalError` when zlib
  /// fails.
  public init(_ submission: Submission, read article: Article, signature: [UInt32]?) throws {
    mediaType = submission.mediaType.rawValue
    reading = article.reading
    author = article.author
    given = GivenFields(submission)
    count = submission.content.count
    let isText = submission.content.elementsEqual(article.text.utf8)
    do {
      body =
        isText ? nil : try OriginalBody.compress(submission.content, against: article.text)
    } catch {
      throw DanvanError(.internalError, "could not compress the document", cause: "\(error)")
    }
    self.signature = signature
    sighting = SightingPlace(article)
  }
}

/// Where an article was seen.
public struct SightingPlace: Sendable, Hashable {
  public let source: String
  public let url: String

  public init(_ article: Article) {
    source = article.publisher ?? ""
    url = article.url ?? ""
  }
}

/// A place where the text of an article was seen, and how often.
public struct Sighting: Sendable, Hashable {
  public let source: String
  public let url: String
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  public let first: Int64
  public let last: Int64
  public let times: Int64

  public init(source: String, url: String, first: Int64, last: Int64, times: Int64) {
    self.source = source
    self.url = url
    self.first = first
    self.last = last
    self.times = times
  }
}

/// What the sender of a document stated, as it is kept.
struct GivenFields: Sendable, Codable {
  var title: String?
  var url: String?
  var source: String?
  var published: String?
  var charset: String?
  var fields: [String: String]?

  init(_ submission: Submission) {
    title = submission.title
    url = submission.url
    source = submission.source
    published = submission.published?.description
    charset = submission.charset
    fields = submission.fields.isEmpty ? nil : submission.fields
  }

  func submission(_ content: [UInt8], _ type: MediaType) -> Submission {
    Submission(
      content: content, mediaType: type, title: title, url: url, source: source,
      published: published.flatMap { PartialDate($0) }, charset: charset, fields: fields ?? [:])
  }
}

/// A value as a JSON text of a column, its names in order.
func columnText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  do {
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  } catch {
    throw DanvanError(.internalError, "could not write a column", cause: "\(error)")
  }
}

/// Nil for a text that is not of the type.
func columnValue<Value: Decodable>(_ text: String?, as type: Value.Type) -> Value? {
  text.flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
}
