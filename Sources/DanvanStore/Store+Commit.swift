internal import DanvanModel
internal import DanvanSQLite
internal import Glibc
internal import Synchronization

extension Store {
  /// Commits the jobs in one transaction. Where that fails through one of them, each gets one of its
  /// own, so that no caller suffers for another's article.
  func commit(_ jobs: [CommitQueue.Job]) {
    if let failure = failure.withLock({ $0 }) {
      for job in jobs { job.finish(.failed(failure)) }
      return
    }
    do {
      try writer.time { try commitTogether(jobs) }
    } catch  where jobs.count > 1 && StoreFailure.isOfOneJob(error) {
      for job in jobs { commit([job]) }
    } catch {
      noteLasting(error)
      for job in jobs { job.finish(.failed(StoreFailure.error(error))) }
    }
  }

  private func commitTogether(_ jobs: [CommitQueue.Job]) throws {
    var outcomes: [CommitQueue.Job.Outcome] = []
    var removed: [ArticleID] = []
    var former: [(id: Int64, traits: ArticleTraits)] = []
    var changed: [(ArticleID, ArticleTraits)] = []
    var head: Int64 = 0
    do {
      try pool.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          var writer = try ArticleWriter(db, time: Self.now())
          for job in jobs {
            switch job.work {
            case .add(let records):
              outcomes.append(.added(try records.map { try add($0, with: &writer, &former) }))
            case .take(let items):
              outcomes.append(.taken(try take(items, with: &writer, &former)))
            case .remove(let ids):
              let gone = try ids.filter { try remove($0, with: &writer) }
              removed += gone
              outcomes.append(.removed(gone))
            case .change(let statements):
              try statements(db)
              outcomes.append(.changed)
            case .correct(let article, let change, let facts, let sha256):
              let (id, traits) = try correct(article, change, facts, sha256, by: &writer)
              changed.append((article, traits))
              outcomes.append(.corrected(id, head: try writer.head()))
            case .beginRebuild(let ruleSet, let everything):
              let begun = try beginRebuild(ruleSet, everything: everything, with: writer)
              outcomes.append(.rebuild(begun, head: try writer.head()))
            case .beginRereading(let ruleSet, let ids):
              let begun = try beginRereading(ids, ruleSet, with: writer)
              outcomes.append(.rebuild(begun, head: try writer.head()))
            case .goOnRebuilding(let status, let batch):
              let after = try goOnRebuilding(
                status, with: batch, by: &writer, changed: &changed)
              outcomes.append(.rebuild(after, head: try writer.head()))
            case .endRebuild(let status):
              let ended = try endRebuild(status, with: writer)
              outcomes.append(.rebuild(ended, head: try writer.head()))
            }
          }
          try writer.finish()
          try keepNewTerms(on: db)
          head = try writer.head()
        }
      }
    } catch {
      days.withLock { days in for (id, traits) in former.reversed() { days.set(id, traits) } }
      interned.withLock { $0.forget() }
      collector.forget(collector.takeFresh())
      throw error
    }
    committed.withLock { $0 = max($0, head) }
    days.withLock { days in
      for (id, traits) in changed { days.set(id.value, traits) }
      for id in removed { days.remove(id.value) }
    }
    // What was said of these articles no longer holds.
    if !removed.isEmpty || !former.isEmpty || !changed.isEmpty { forgetMatches() }
    for (job, outcome) in zip(jobs, outcomes) { job.finish(outcome) }
  }

  /// Notes what revised articles were, to be put back after a rollback.
  func add(
    _ record: ArticleRecord, with writer: inout ArticleWriter,
    _ formerTraits: inout [(id: Int64, traits: ArticleTraits)]
  ) throws -> Receipt {
    let former = try writer.revised(by: record).flatMap {
      try FormerText($0, in: Snapshot(db: writer.db, store: self))
    }
    var record = record
    if let former {
      if let article = former.article { try unrank(article, with: writer) }
      record = try corrected(record, of: former.id.value, on: writer.db)
    }
    let (receipt, traits) = try interned.withLock {
      try writer.add(record, inPlaceOf: former, interning: &$0, tokenizer: tokenizer)
    }
    // Before the commit, so that no reader can see an article without its day; after a rollback the
    // next article gets the same id and overwrites it.
    if let traits {
      days.withLock { days in
        if let was = days.traits(receipt.id.value), former != nil {
          formerTraits.append((receipt.id.value, was))
        }
        days.set(receipt.id.value, traits)
      }
      record.noteTerms(in: collector)
    }
    return receipt
  }

  private func remove(_ id: ArticleID, with writer: inout ArticleWriter) throws -> Bool {
    let present = Snapshot(db: writer.db, store: self)
    guard let former = try FormerText(id, in: present) else { return false }
    try writer.remove(former, tokenizer: tokenizer)
    if let article = former.article { try unrank(article, with: writer) }
    return true
  }

  func unrank(_ article: StoredArticle, with writer: ArticleWriter) throws {
    try writer.rank(article.id.value, by: rankTerms(of: article), removing: true)
  }

  func rankTerms(of article: StoredArticle) -> RankTerms {
    RankTerms(
      title: TermStream(of: article.header.title, tokenizer, collector).bytes,
      text: TermStream(of: article.text, tokenizer, collector).bytes)
  }

  /// Writes the terms first seen in this transaction, and lets queries expand to them.
  func keepNewTerms(on db: Database) throws {
    let fresh = collector.takeFresh()
    guard !fresh.isEmpty else { return }
    do {
      let insert = try SQLStatement(db, "INSERT INTO term (canonical, plain) VALUES (?1, ?2)")
      for term in fresh {
        let plain = term.withUnsafeBufferPointer { tokenizer.plainForm(of: $0) }
        insert.bind(1, blob: term)
        if plain == term { insert.bind(2, nil as Int64?) } else { insert.bind(2, blob: plain) }
        try insert.run()
        vocabulary.withLock { $0.append(term, plain: plain) }
      }
    } catch {
      collector.forget(fresh)
      throw error
    }
  }

  func noteLasting(_ error: any Error) {
    guard StoreFailure.isLasting(error) else { return }
    failure.withLock {
      $0 = DanvanError(
        .unavailable,
        "the disk failed in a commit or a lock of the database; danvand must be started again",
        cause: "\(error)")
    }
  }

  /// Nanoseconds since 1970.
  public static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
