internal import DanvanExtract
public import DanvanStore

/// What the store holds, in numbers.
public struct StoreStats: Sendable {
  public let tally: Tally
  /// Facts by the id of their rule, most first; rules of the set in use that found none have 0.
  public let rules: [(id: String, hits: Int)]
  public let status: StoreStatus
}

extension Desk {
  /// Counts what has come since it was last asked. Throws `deadlineExceeded`; what was counted by then
  /// need not be counted again.
  public func stats(deadline: ContinuousClock.Instant? = nil) throws -> StoreStats {
    let visit = foreground.enter()
    defer { visit.end() }
    var (tally, hits) = try store.tally(deadline: deadline)
    for rule in rules?.rules ?? [] where !rule.isOff { hits[rule.id, default: 0] += 0 }
    return StoreStats(
      tally: tally,
      rules: hits.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) },
      status: try store.status())
  }
}
