public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// What is to be done to the corrections of one article.
public enum CorrectionChange: Sendable {
  case add(Correction)
  case forget(Int64)
}

extension Store {
  /// Changes an article's corrections, and its facts with them, in one transaction with an event; on disk on
  /// return. `facts` are what the rules find in the text whose hash is `sha256`.
  ///
  /// Returns the correction's number and the newest event. Throws `aborted` where the text is another one by
  /// now, `notFound` for an article or correction that is not there.
  public func correct(
    _ article: ArticleID, _ change: CorrectionChange, facts: Facts, of sha256: [UInt8]
  ) throws -> (id: Int64, head: Int64) {
    let work = CommitQueue.Job.Work.correct(article, change, facts, sha256)
    guard case .corrected(let id, let head) = try run(work) else {
      throw DanvanError(.internalError, "the store gave no answer")
    }
    return (id, head)
  }

  /// Within a transaction; returns the correction's number and what the article is then.
  func correct(
    _ article: ArticleID, _ change: CorrectionChange, _ facts: Facts, _ sha256: [UInt8],
    by writer: inout ArticleWriter
  ) throws -> (id: Int64, traits: ArticleTraits) {
    let snapshot = Snapshot(db: writer.db, store: self)
    guard let stored = try snapshot.article(article, parts: [.text, .facts]) else {
      throw DanvanError(.notFound, "there is no article \(article)")
    }
    guard stored.header.sha256 == sha256 else {
      throw DanvanError(.aborted, "article \(article) has another text by now; look again")
    }
    let rows = CorrectionRows(writer.db)
    let id: Int64
    switch change {
    case .add(let correction): id = try rows.insert(correction, on: article).id
    case .forget(let number):
      guard try rows.remove(number) else {
        throw DanvanError(.notFound, "there is no correction \(number)")
      }
      id = number
    }
    _ = try replaceFacts(of: stored, with: facts, by: &writer)
    return (
      id, ArticleTraits(day: stored.header.sortDay(facts.date), language: facts.language)
    )
  }

  /// What the rules found in an article, as people have corrected it.
  func corrected(_ facts: Facts, of article: Int64, _ text: String, on db: Database) throws -> Facts
  {
    let corrections = try CorrectionRows(db).all("correction.article = ?1") { $0.bind(1, article) }
    return facts.corrected(by: corrections, in: text)
  }

  /// A record that takes the place of an article, with that one's corrections laid over its facts.
  func corrected(_ record: ArticleRecord, of article: Int64, on db: Database) throws
    -> ArticleRecord
  {
    let facts = try corrected(record.facts, of: article, record.article.text, on: db)
    guard facts != record.facts else { return record }
    return try self.record(
      of: record.article, facts: facts, identity: record.identity, provenance: record.provenance,
      arrival: record.arrival)
  }
}
