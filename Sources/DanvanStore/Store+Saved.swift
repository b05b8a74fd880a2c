internal import DanvanSQLite
internal import Synchronization

extension Store {
  /// Keeps a search under its name, in place of an earlier one of that name; on disk on return.
  public func save(_ search: SavedSearch) throws {
    try change { db in
      try db.execute(
        sql: """
          INSERT INTO saved_search (name, query, saved) VALUES (?1, ?2, ?3)
          ON CONFLICT DO UPDATE SET query = ?2, saved = ?3
          """, arguments: [search.name, search.query, search.saved])
    }
    saved.withLock { $0[search.name] = search }
  }

  /// Forgets a saved search; false when there was none of that name.
  public func removeSaved(_ name: String) throws -> Bool {
    guard savedSearch(name) != nil else { return false }
    try change { db in
      try db.execute(sql: "DELETE FROM saved_search WHERE name = ?", arguments: [name])
    }
    return saved.withLock { $0.removeValue(forKey: name) } != nil
  }

  public func savedSearch(_ name: String) -> SavedSearch? { saved.withLock { $0[name] } }

  /// All of them, in no order.
  public func savedSearches() -> [SavedSearch] { saved.withLock { Array($0.values) } }

  func loadSaved(_ db: Database) throws {
    let searches = try db.rows("SELECT name, query, saved FROM saved_search") {
      SavedSearch(name: $0.text(0) ?? "", query: $0.text(1) ?? "", saved: $0.integer(2))
    }
    saved.withLock { table in for search in searches { table[search.name] = search } }
  }
}
