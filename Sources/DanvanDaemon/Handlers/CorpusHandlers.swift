internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

/// danvan.v1.Corpus: articles go in, come out and are removed.
struct CorpusHandlers: Sendable {
  let desk: Desk
  let store: StoreID
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Corpus", "Ingest", on: .pooled, log: log, ingest)
    router.unary("danvan.v1.Corpus", "Get", on: .pooled, log: log, get)
    router.unary("danvan.v1.Corpus", "Delete", on: .pooled, log: log, delete)
  }

  /// Documents that cannot be read are answered in their place; the others go in together.
  @Sendable private func ingest(_ request: Danvan_V1_IngestRequest, _ call: Call) throws
    -> Danvan_V1_IngestResponse
  {
    try Rights.demandChange(call, log)
    let read = request.documents.map { document in
      Result { () throws(DanvanError) in try Submission(document) }
    }
    var outcomes = try desk.ingest(
      read.compactMap { try? $0.get() }, check: { try call.demandWanted() })[...]
    let results = try read.map { submission throws in
      switch submission {
      case .failure(let error): return Danvan_V1_IngestResult(error)
      case .success:
        guard let outcome = outcomes.popFirst() else {
          throw DanvanError(.internalError, "a document has no result")
        }
        switch outcome {
        case .success(let receipt): return Danvan_V1_IngestResult(receipt, store)
        case .failure(let error): return Danvan_V1_IngestResult(error)
        }
      }
    }
    note(results, call)
    return .with { $0.results = results }
  }

  @Sendable private func get(_ request: Danvan_V1_GetArticleRequest, _ call: Call) throws
    -> Danvan_V1_Article
  {
    var parts: ArticleParts = []
    if request.withText { parts.insert(.text) }
    if request.withFacts { parts.insert(.facts) }
    let article = try desk.article(ArticleID(request.articleID), parts: parts)
    var message = Danvan_V1_Article(
      article, withText: request.withText, acceptsZlib: call.acceptsZlib)
    if let origin = try desk.origin(article.id) { message.add(origin) }
    if request.withFacts {
      message.corrections = try desk.corrections(of: article.id).map(Danvan_V1_Correction.init)
      message.incumbents = try desk.incumbents(in: article.id, deadline: call.deadline)
        .map(Danvan_V1_Incumbent.init)
    }
    if article.header.revision > 1 {
      message.revisions = try desk.revisions(of: article.id).map(Danvan_V1_Revision.init)
    }
    return message
  }

  @Sendable private func delete(_ request: Danvan_V1_DeleteRequest, _ call: Call) throws
    -> Danvan_V1_DeleteResponse
  {
    try Rights.demandChange(call, log)
    let (deleted, missing) = try desk.delete(request.articleIds.map { ArticleID($0) })
    log.info(
      "removed articles",
      [
        "count": deleted.count, "missing": missing.count,
        "ids": deleted.prefix(20).map(\.description).joined(separator: ","),
        "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
      ])
    return .with {
      $0.deleted = deleted.map(\.value)
      $0.missing = missing.map(\.value)
    }
  }

  /// Every change is on record with who made it.
  private func note(_ results: [Danvan_V1_IngestResult], _ call: Call) {
    let added = results.filter { $0.outcome == .added }.map(\.articleID)
    let ends = [added.first, added.count > 1 ? added.last : nil]
    log.info(
      "ingested",
      [
        "added": added.count, "ids": ends.compactMap { $0.map(String.init) }.joined(separator: "-"),
        "duplicates": results.count { $0.outcome == .duplicate },
        "rejected": results.count { $0.outcome == .rejected },
        "updated": results.count { $0.outcome == .updated },
        "method": call.name, "peer_uid": call.peer.uid, "peer_pid": call.peer.pid,
      ])
  }
}

extension Danvan_V1_IngestResult {
  init(_ receipt: Receipt, _ store: StoreID) {
    self.init()
    outcome =
      switch receipt.outcome {
      case .added: .added
      case .duplicate: .duplicate
      case .updated: .updated
      }
    articleID = receipt.id.value
    cursor = Cursor(store: store, sequence: receipt.sequence).description
  }

  init(_ error: DanvanError) {
    self.init()
    outcome = .rejected
    errorCode = error.code.rawValue
    self.error = error.message
  }
}
