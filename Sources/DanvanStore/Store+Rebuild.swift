public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// Rebuilds: begun, gone on with batch by batch, ended. Each step is one transaction, so
/// that a process that dies loses none and does none twice.
extension Store {
  /// The rebuild of that kind under way, or the last one; nil where there has been none.
  public func rebuildStatus(_ kind: RebuildKind) throws -> RebuildStatus? {
    try read { try Self.rebuildStatus(kind, on: $0.db) }
  }

  /// Begins a rebuild of facts with that rule set, or finds the one that is under way with it. Nil where no
  /// article is to be read again.
  ///
  /// A rebuild that another rule set had begun is given up for this one. With `everything` also
  /// articles are read again that this rule set has read.
  public func beginRebuild(ruleSet: String, everything: Bool) throws -> RebuildStatus? {
    guard case .rebuild(let status, _) = try run(.beginRebuild(ruleSet, everything)) else {
      return nil
    }
    return status
  }

  /// The next articles to be read again, oldest first: at most `limit` of them, and no more after
  /// one that takes their texts over `byteLimit`. An article that is damaged has no text. Empty at
  /// the end.
  public func articlesToRebuild(_ status: RebuildStatus, limit: Int, byteLimit: Int) throws
    -> [(id: ArticleID, article: StoredArticle?)]
  {
    try read { snapshot in
      if status.kind == .readings { return try queued(limit, byteLimit, in: snapshot) }
      let select = try SQLStatement(
        snapshot.db,
        """
        SELECT id, text_count FROM article
        WHERE id >= ?1 AND id <= ?2
          AND (?3 OR rule_set IS NOT (SELECT id FROM rule_set WHERE version = ?4))
        ORDER BY id LIMIT ?5
        """)
      select.bind(1, status.next.value)
      select.bind(2, status.last.value)
      select.bind(3, status.everything ? 1 : 0)
      select.bind(4, status.ruleSet)
      select.bind(5, Int64(limit))
      var ids: [ArticleID] = []
      var bytes = 0
      while bytes < byteLimit, try select.step() {
        ids.append(ArticleID(select.integer(0)))
        bytes += Int(select.integer(1))
      }
      select.reset()
      return try ids.map { ($0, try Self.undamaged($0, in: snapshot)) }
    }
  }

  /// Stores the new facts of a batch and how far the rebuild has come with it; an article whose facts
  /// are others than before gets an event. Nothing is stored where the rebuild is no longer this one.
  ///
  /// Returns the state after it and the newest event.
  public func goOnRebuilding(_ status: RebuildStatus, with batch: [RebuiltArticle]) throws
    -> (status: RebuildStatus, head: Int64)?
  {
    guard case .rebuild(let status?, let head) = try run(.goOnRebuilding(status, batch)) else {
      return nil
    }
    // A document that is read as before by a newer reader is noted without an event.
    if status.kind == .readings { tallies.forget() }
    return (status, head)
  }

  /// Ends the rebuild with an event of its own. Returns as `goOnRebuilding`.
  public func endRebuild(_ status: RebuildStatus) throws -> (status: RebuildStatus, head: Int64)? {
    guard case .rebuild(let status?, let head) = try run(.endRebuild(status)) else { return nil }
    return (status, head)
  }
}

// MARK: Within a transaction

extension Store {
  func beginRebuild(_ ruleSet: String, everything: Bool, with writer: ArticleWriter) throws
    -> RebuildStatus?
  {
    let db = writer.db
    var everything = everything
    if let known = try Self.rebuildStatus(.facts, on: db), known.ended == nil {
      if known.ruleSet == ruleSet, known.everything || !everything { return known }
      everything = everything || known.everything
    }
    let number = try interned.withLock { try $0.number(ofRuleSet: ruleSet, on: db) }
    let total =
      try Int64.fetchOne(
        db,
        sql: everything
          ? "SELECT count(*) FROM article"
          : "SELECT (SELECT count(*) FROM article WHERE rule_set < ?1) "
            + "+ (SELECT count(*) FROM article WHERE rule_set > ?1)",
        arguments: everything ? [] : [number]) ?? 0
    guard total > 0 else {
      try db.execute(
        sql: "UPDATE rebuild SET ended = ? WHERE kind = 1 AND ended IS NULL",
        arguments: [writer.time])
      return nil
    }
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO rebuild
          (kind, rule_set, everything, next, last, total, done, changed, failed, started)
        VALUES (1, ?, ?, 0, (SELECT max(id) FROM article), ?, 0, 0, 0, ?)
        """, arguments: [number, everything, total, writer.time])
    return try Self.rebuildStatus(.facts, on: db)
  }

  /// What articles are after it is noted in `changed`, to be taken over after the commit.
  func goOnRebuilding(
    _ status: RebuildStatus, with batch: [RebuiltArticle], by writer: inout ArticleWriter,
    changed: inout [(ArticleID, ArticleTraits)]
  ) throws -> RebuildStatus? {
    let db = writer.db
    guard var status = try Self.underWay(status, on: db) else { return nil }
    let present = Snapshot(db: db, store: self)
    for item in batch {
      status.done += 1
      if status.kind == .facts { status.next = ArticleID(item.id.value + 1) }
      let stored = try Self.undamaged(item.id, in: present)
      // Gone since it was read, or of another text: that revision's facts came with it.
      if let stored, item.sha256 ?? stored.header.sha256 != stored.header.sha256 { continue }
      if try stored == nil && !present.holds(item.id) { continue }
      switch try apply(item.outcome, to: stored, by: &writer) {
      case .same: continue
      case .facts(let traits):
        status.changed += 1
        changed.append((item.id, traits))
      case .article(let traits):
        status.updated += 1
        changed.append((item.id, traits))
      case .failed(let reason):
        status.failed += 1
        if status.kind == .readings { try noteFault(reason, of: item.id, on: db) }
      }
    }
    if status.kind == .readings { try takeFromQueue(batch.map(\.id), on: db) }
    try db.execute(
      sql: """
        UPDATE rebuild SET next = ?, done = ?, changed = ?, updated = ?, failed = ? WHERE kind = ?
        """,
      arguments: [
        status.next.value, status.done, status.changed, status.updated, status.failed,
        status.kind.rawValue,
      ])
    return status
  }

  func endRebuild(_ status: RebuildStatus, with writer: ArticleWriter) throws -> RebuildStatus? {
    guard var status = try Self.underWay(status, on: writer.db) else { return nil }
    // More has been asked for since it was looked at.
    if status.kind == .readings, try queueCount(on: writer.db) > 0 { return status }
    status.ended = writer.time
    try writer.db.execute(
      sql: "UPDATE rebuild SET ended = ? WHERE kind = ?",
      arguments: [writer.time, status.kind.rawValue])
    if status.kind == .facts { try writer.logRebuildEnded() }
    return status
  }

  /// Nil where there is none whose record and text are as they were written; its facts need not be.
  static func undamaged(_ id: ArticleID, in snapshot: Snapshot) throws -> StoredArticle? {
    do {
      return try snapshot.articleForNewFacts(id)
    } catch let error as DanvanError where error.code == .dataLoss {
      return nil
    }
  }

  /// The state on disk, where it is of the same rebuild.
  private static func underWay(_ status: RebuildStatus, on db: Database) throws -> RebuildStatus? {
    guard let now = try rebuildStatus(status.kind, on: db), now.ended == nil,
      now.ruleSet == status.ruleSet,
      now.everything == status.everything, now.started == status.started
    else { return nil }
    return now
  }

  static func rebuildStatus(_ kind: RebuildKind, on db: Database) throws -> RebuildStatus? {
    let select = try SQLStatement(
      db,
      """
      SELECT version, everything, next, last, total, done, changed, updated, failed, started, ended
      FROM rebuild JOIN rule_set ON rule_set.id = rebuild.rule_set WHERE kind = ?1
      """)
    select.bind(1, kind.rawValue)
    defer { select.reset() }
    guard try select.step() else { return nil }
    return RebuildStatus(
      kind: kind, ruleSet: select.text(0) ?? "", everything: select.integer(1) != 0,
      next: ArticleID(select.integer(2)), last: ArticleID(select.integer(3)),
      total: select.integer(4), done: select.integer(5), changed: select.integer(6),
      updated: select.integer(7), failed: select.integer(8), started: select.integer(9),
      ended: select.isNull(10) ? nil : select.integer(10))
  }
}
