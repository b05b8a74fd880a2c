/// One entry of the event log: what happened to which article.
public struct StoreEvent: Sendable, Hashable {
  public enum Kind: Int32, Sendable, CaseIterable {
    case added = 1
    case removed = 2
    case factsRebuilt = 3
    /// A new revision of the article came.
    case updated = 4
    /// A rebuild of facts is done: those of every article are of one rule set. Of no article (0).
    case rebuildEnded = 10
  }
  /// Strictly rising within a store; gaps are allowed.
  public let sequence: Int64
  public let kind: Kind
  public let article: ArticleID
  /// Nanoseconds since 1970-01-01T00:00:00Z; for people, never for ordering.
  public let time: Int64
  /// The same for all events of one transaction; 0 where a store of an older schema did not keep it.
  public let commit: Int64

  public init(
    sequence: Int64, kind: Kind, article: ArticleID, time: Int64, commit: Int64
  ) {
    self.sequence = sequence
    self.kind = kind
    self.article = article
    self.time = time
    self.commit = commit
  }

  /// Whether both were stored by one transaction.
  public func isOfCommit(of other: StoreEvent) -> Bool { commit == other.commit && commit != 0 }
}
