internal import DanvanModel
internal import DanvanZlib

/// The bytes of a document, kept as a difference against the text that was read from it: one zlib stream
/// with the beginning of that text as preset dictionary.
///
/// A line of JSON or a page is mostly its text, which lies in the store beside it. Where the text is lost,
/// so is the document.
enum OriginalBody {
  /// Deflate looks back 32,768 bytes; what lies in front of the text in the document counts too.
  private static let reach = 30_000

  private static func dictionary(_ text: String) -> [UInt8] { Array(text.utf8.prefix(reach)) }

  static func compress(_ content: [UInt8], against text: String) throws(ZlibError) -> [UInt8] {
    try Zlib.compress(content, dictionary: dictionary(text))
  }

  /// Nil where the stream is damaged or the text is another. Streams of before have no dictionary.
  static func inflate(_ body: [UInt8], length: Int, against text: () throws -> String?) rethrows
    -> [UInt8]?
  {
    guard let id = Zlib.dictionaryID(of: body) else {
      return try? Zlib.inflate(body, length: length)
    }
    guard let dictionary = try text().map(dictionary), Zlib.adler32(dictionary) == id else {
      return nil
    }
    return try? Zlib.inflate(body, length: length) { _ in dictionary }
  }
}
