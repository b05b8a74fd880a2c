internal import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// The tallies of blocks of articles, remembered: what has events since is counted anew.
final class RememberedTallies: Sendable {
  fileprivate struct State {
    /// Every event up to this one is in the tallies.
    var sequence: Int64 = -1
    var blocks: [Int64: Tally] = [:]
  }
  fileprivate let state = Mutex(State())

  /// Articles of one block: so many that few blocks stand for a large store, and so few that one is
  /// counted in milliseconds.
  fileprivate static let shift: Int64 = 11

  /// After a change without an event.
  func forget() { state.withLock { $0 = State() } }
}

extension Store {
  /// What the articles come to, with facts by the id of their rule.
  public func tally(deadline: ContinuousClock.Instant? = nil) throws
    -> (tally: Tally, rules: [String: Int])
  {
    // One at a time, so that none takes away what a later one has remembered.
    try tallies.state.withLock { state in
      try read(deadline: deadline) { snapshot in
        let head = try snapshot.headSequence()
        if try snapshot.compactedSequence() > state.sequence { state.blocks = [:] }
        for block in try snapshot.blocks(changedAfter: state.sequence) { state.blocks[block] = nil }
        state.sequence = head
        let last = try snapshot.lastArticle() ?? 0
        var sum = Tally()
        for block in 0...(last >> RememberedTallies.shift) {
          let tally = try state.blocks[block] ?? snapshot.tally(ofBlock: block)
          state.blocks[block] = tally
          sum.add(tally)
        }
        return (sum, try snapshot.hits(sum))
      }
    }
  }
}

extension Snapshot {
  fileprivate func tally(ofBlock block: Int64) throws -> Tally {
    let first = block << RememberedTallies.shift
    return try tally(of: first...first + (1 << RememberedTallies.shift) - 1)
  }

  fileprivate func blocks(changedAfter sequence: Int64) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT DISTINCT article >> ? FROM event WHERE sequence > ?",
      arguments: [RememberedTallies.shift, sequence])
  }
}
