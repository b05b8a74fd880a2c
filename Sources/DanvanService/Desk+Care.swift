public import DanvanStore

/// Care of the store: see the functions of `Store` of the same names.
extension Desk {
  public func check(
    progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in },
    report: (StoreFault) throws -> Void
  ) throws {
    try store.check(progress: progress, report: report)
  }

  public func repairIndex() throws { try store.repairIndex() }

  public func compact() throws -> Compaction { try store.compact() }

  public func backup() throws -> StoreBackup { try store.backup() }
}
