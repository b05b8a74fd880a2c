public import DanvanModel
internal import DanvanZlib

/// An article ready to be written: everything that can be computed outside the transaction.
public struct ArticleRecord: Sendable {
  public let article: Article
  public let facts: Facts
  /// Two articles with equal identities are one; see `Digest.identity(of:)`.
  public let identity: [UInt8]
  let sha256: [UInt8]
  let compressed: [UInt8]
  let textCount: Int

  /// Hashes and compresses the text. Throws `internalError` when zlib fails.
  public init(_ article: Article, facts: Facts, identity: [UInt8]) throws {
    self.article = article
    self.facts = facts
    self.identity = identity
    let bytes = Array(article.text.utf8)
    textCount = bytes.count
    sha256 = Digest.sha256(bytes)
    do { compressed = try Zlib.compress(bytes) } catch {
      throw DanvanError(.internalError, "could not compress the text", cause: "\(error)")
    }
  }
}
