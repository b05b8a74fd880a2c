import DanvanModel
import FoundationEssentials

/// A document within a JSON object: its bytes in base64, and what a program that fetched it knows.
///
///     {"danvan_document": 1, "media_type": "text/html", "charset": "utf-8", "url": "https://…",
///      "content": "PGh0bWw+…"}
///
/// `url`, `title`, `source`, `published` and `charset` are what the sender states; other members are
/// passed over.
struct Envelope: Decodable {
  let danvanDocument: Int
  let mediaType: String
  let content: String
  var charset: String?
  var url: String?
  var title: String?
  var source: String?
  var published: String?

  private enum CodingKeys: String, CodingKey {
    case danvanDocument = "danvan_document"
    case mediaType = "media_type"
    case content, charset, url, title, source, published
  }

  /// What a line of one can take up at most.
  static let sizeLimit = Submission.sizeLimit / 3 * 4 + (64 << 10)

  /// The document within; nil for an object that is none. Throws `invalidArgument` for one that is and
  /// cannot be read.
  static func document(in object: [UInt8], label: String) throws(DanvanError) -> Submission? {
    guard object.prefix(64).drop(while: { $0 <= 0x20 }).starts(with: opening) else { return nil }
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(object)) else {
      throw .invalid("a danvan_document wants media_type and content, all members texts")
    }
    guard envelope.danvanDocument == 1 else {
      throw .invalid("a danvan_document of version \(envelope.danvanDocument); 1 is known")
    }
    guard let type = MediaType(rawValue: envelope.mediaType) else {
      throw .invalid("unknown media type '\(envelope.mediaType.prefix(64))'")
    }
    guard let content = Data(base64Encoded: envelope.content) else {
      throw .invalid("the content is not base64")
    }
    // A date that cannot be read is left out: the document may say it itself.
    return Submission(
      content: [UInt8](content), mediaType: type,
      label: envelope.url.map { "\(label) \($0)" } ?? label, title: envelope.title,
      url: envelope.url, source: envelope.source,
      published: envelope.published.flatMap { PartialDate($0) }, charset: envelope.charset)
  }

  /// The member that says so is the first, without spaces.
  static let opening = Array(#"{"danvan_document""#.utf8)
}
