public import DanvanModel
internal import DanvanZlib

/// An article ready to be written: everything that can be computed outside the transaction.
public struct ArticleRecord: Sendable {
  public let article: Article
  public let facts: Facts
  let identity: [UInt8]
  let sha256: [UInt8]
  let compressed: [UInt8]
  let textCount: Int
  let titleTerms: [UInt8]
  let textTerms: [UInt8]
  /// In the order of the name index's columns; nil for an empty one.
  let nameTerms: [[UInt8]?]
  /// Terms that the store had not seen when this was made.
  let unknownTerms: [[UInt8]]
  /// Of the collector, before it was asked for them.
  let termGeneration: Int
  let factRows: [FactRow]
  let rankTerms: RankTerms
  let titleKey: [UInt8]
  let facetValues: [(facet: NamedFacet, hash: UInt64)]
  let registerRows: RegisterRows
  let provenance: Provenance?
  /// For a text from another store.
  let arrival: Arrival?
}

extension Store {
  /// Hashes, compresses and indexes an article in memory; writes nothing.
  ///
  /// Two articles with equal identities are one; see `Digest.identity(of:)`. Throws `internalError`
  /// when zlib fails.
  public func record(
    of article: Article, facts: Facts, identity: [UInt8], provenance: Provenance? = nil,
    arrival: Arrival? = nil
  ) throws -> ArticleRecord {
    let bytes = Array(article.text.utf8)
    let compressed: [UInt8]
    do {
      compressed = try dictionaries.compress(bytes)
    } catch {
      throw DanvanError(.internalError, "could not compress the text", cause: "\(error)")
    }
    let termGeneration = collector.generation
    let title = TermStream(of: article.title, tokenizer, collector)
    let text = TermStream(of: article.text, tokenizer, collector)
    let columns = NameColumns(publisher: article.publisher, facts: facts)
    let names = NameColumns.fields.map { field in
      columns.names(field).map { TermStream(ofNames: $0, tokenizer, collector) }
    }
    return ArticleRecord(
      article: article, facts: facts, identity: identity, sha256: Digest.sha256(bytes),
      compressed: compressed, textCount: bytes.count, titleTerms: title.bytes,
      textTerms: text.bytes, nameTerms: names.map { $0?.bytes },
      unknownTerms: title.unknownTerms + text.unknownTerms
        + names.flatMap { $0?.unknownTerms ?? [] },
      termGeneration: termGeneration,
      factRows: facts.rows, rankTerms: RankTerms(title: title.bytes, text: text.bytes),
      titleKey: tokenizer.titleKey(of: article.title),
      facetValues: FacetNames(publisher: article.publisher, facts: facts).hashes(tokenizer)
        .map { ($0.facet, $0.hash) },
      registerRows: RegisterRows(
        facts, day: article.sortDay(facts.date), published: article.published,
        tokenizer: tokenizer),
      provenance: provenance, arrival: arrival)
  }
}

extension ArticleRecord {
  /// Tells the collector of the terms that the store lacks: those it lacked when this was made, and all
  /// where some were forgotten since.
  func noteTerms(in collector: TermCollector) {
    guard termGeneration == collector.generation else {
      for stream in [titleTerms, textTerms] + nameTerms.compactMap({ $0 }) {
        stream.withUnsafeBufferPointer { bytes in
          TermStream.forEachTerm(in: bytes) { range, _ in
            collector.note(UnsafeBufferPointer(rebasing: bytes[range]))
            return true
          }
        }
      }
      return
    }
    for term in unknownTerms { term.withUnsafeBufferPointer(collector.note) }
  }
}
