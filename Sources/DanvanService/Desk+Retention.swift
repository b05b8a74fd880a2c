public import DanvanModel
internal import DanvanStore

extension Desk {
  /// Removes events that are not kept any longer, a run at a time so that commits go on in between;
  /// returns the oldest cursor from which reading can still begin.
  public func compactEvents() throws -> Cursor {
    var (through, hasMore) = try store.compactEvents(keeping: retention, now: Store.now())
    while hasMore {
      (through, hasMore) = try store.compactEvents(keeping: retention, now: Store.now())
    }
    return store.cursor(through)
  }
}
