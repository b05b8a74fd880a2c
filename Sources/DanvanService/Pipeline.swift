internal import DanvanIngest
public import DanvanModel
internal import DanvanStore
internal import DanvanText

extension Desk {
  /// Reads, extracts and stores documents; returns when all of them are on disk, one result each.
  ///
  /// All articles are in one transaction. A document that cannot be read fails alone; a failure to
  /// store throws, and then nothing of the batch is kept.
  ///
  /// What `check` throws, called now and then from several threads, ends the work before anything is
  /// stored.
  public func ingest(_ submissions: [Submission], check: @Sendable () throws -> Void = {}) throws
    -> [Result<Receipt, DanvanError>]
  {
    let visit = foreground.enter()
    defer { visit.end() }
    let engine = self.engine
    // Validate and normalise.
    let drafts = Cores.map(submissions) { submission in
      Result { try Draft(engine.reader.read(submission), of: submission) }.mapError(
        DanvanError.init(caught:))
    }
    // Duplicates of what is stored already cost no extraction.
    let known = try store.read { try Draft.receipts(of: drafts.map(\.success), in: $0.knownTexts) }
    // Extract and compress.
    let new = zip(drafts, known).compactMap { $1 == nil ? $0.success : nil }
    let records = try Cores.map(new) { draft in
      Result {
        try store.record(
          of: draft.article, facts: engine.facts(in: draft.article, check: check),
          identity: draft.identity,
          provenance: Provenance(
            draft.submission, read: draft.article,
            signature: CopySignature(of: draft.article.text)?.minima))
      }
    }.map { try $0.get() }
    // One transaction: article, facts, index, event.
    #if DEBUG
      try announceEarly(records.count)
    #endif
    var receipts = try store.add(records)[...]
    recentTerms.note(receipts, records)
    try store.sight(
      zip(drafts, known).compactMap { draft, known in
        guard let draft = draft.success, let known else { return nil }
        return (known.id, SightingPlace(draft.article))
      })
    if let head = receipts.lazy.filter({ $0.outcome != .duplicate }).map(\.sequence).max() {
      wakeWatchers(upTo: head)
      // Another rule set came while these were read with the old one.
      if engine.version != ruleSet { rebuilding.ask() }
    }
    let results = zip(drafts, known).map { draft, known in
      draft.flatMap { _ in
        (known ?? receipts.popFirst()).map(Result.success)
          ?? .failure(DanvanError(.internalError, "the store gave no receipt"))
      }
    }
    work.note(results)
    return results
  }
}

extension Result {
  fileprivate var success: Success? { try? get() }
}

extension DanvanError {
  init(caught error: any Error) {
    self = error as? DanvanError ?? DanvanError(.internalError, "unexpected", cause: "\(error)")
  }
}
