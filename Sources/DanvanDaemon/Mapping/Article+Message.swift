internal import DanvanMessages
internal import DanvanModel
internal import DanvanStore
internal import FoundationEssentials
internal import SwiftProtobuf

extension Danvan_V1_Article {
  init(_ header: ArticleHeader) {
    self.init()
    id = header.id.value
    if let value = header.title { title = value }
    if let value = header.url { url = value }
    if let value = header.publisher { publisher = value }
    if let value = header.published { published = value.description }
    if let value = header.date {
      date = value.date.description
      dateBasis = value.basis
    }
    if let value = header.source { source = value }
    if let value = header.language { language = value.rawValue }
    ingested = Timestamp(nanoseconds: header.ingested).description
    revision = UInt32(clamping: header.revision)
    textBytes = UInt32(clamping: header.textCount)
    sha256 = header.sha256.hexadecimal
  }

  /// The article with the parts that were read. For a caller that `acceptsZlib` the text goes out
  /// as it is stored.
  init(_ article: StoredArticle, withText: Bool, acceptsZlib: Bool) {
    self.init(article.header)
    if withText { text = Danvan_V1_Body(article, acceptsZlib: acceptsZlib) }
    if let found = article.facts { facts = Danvan_V1_ArticleFacts(found) }
  }
}

extension Danvan_V1_Body {
  init(_ article: StoredArticle, acceptsZlib: Bool) {
    self.init()
    rawLength = UInt32(clamping: article.header.textCount)
    if acceptsZlib, let stored = article.compressedText {
      encoding = .zlib
      data = Data(stored)
    } else {
      encoding = .plain
      data = Data((article.text ?? "").utf8)
    }
  }
}
