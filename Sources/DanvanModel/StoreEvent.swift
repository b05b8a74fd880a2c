/// One entry of the event log: what happened to which article.
public struct StoreEvent: Sendable, Hashable {
  public enum Kind: Int32, Sendable, CaseIterable {
    case added = 1
    case removed = 2
    case factsRebuilt = 3
  }
  /// Strictly rising within a store; gaps are allowed.
  public let sequence: Int64
  public let kind: Kind
  public let article: ArticleID
  /// Nanoseconds since 1970-01-01T00:00:00Z; for people, never for ordering.
  public let time: Int64

  public init(sequence: Int64, kind: Kind, article: ArticleID, time: Int64) {
    self.sequence = sequence
    self.kind = kind
    self.article = article
    self.time = time
  }
}
