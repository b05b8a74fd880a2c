public import DanvanModel

/// How far the rebuild of facts has come, as the store keeps it; or how the last one ended.
public struct RebuildStatus: Sendable, Hashable {
  /// The version of the rule set that the facts are made with.
  public let ruleSet: String
  /// Whether articles that this rule set has read already are read again.
  public let everything: Bool
  /// The article to go on from, and the last to look at.
  public internal(set) var next: ArticleID
  public let last: ArticleID
  /// Articles to be read again, as counted at its start.
  public let total: Int64
  public internal(set) var done: Int64
  /// Those of `done` whose facts are others than before.
  public internal(set) var changed: Int64
  /// Those whose text could not be read; they keep the facts they had.
  public internal(set) var failed: Int64
  /// Nanoseconds since 1970.
  public let started: Int64
  /// Nil while it is under way.
  public internal(set) var ended: Int64?
}

/// One article of a rebuild: its new facts, or nil where it could not be read.
public struct RebuiltArticle: Sendable {
  public let id: ArticleID
  /// SHA-256 of the text that the facts are of; nil where it could not be read.
  public let sha256: [UInt8]?
  public let facts: Facts?

  public init(id: ArticleID, sha256: [UInt8]?, facts: Facts?) {
    self.id = id
    self.sha256 = sha256
    self.facts = facts
  }
}
