public import DanvanModel

/// What is made anew.
public enum RebuildKind: Int64, Sendable {
  /// Facts, after the rule set has changed.
  case facts = 1
  /// Texts, metadata and facts from the kept documents, by other readers.
  case readings = 2
}

/// How far a rebuild has come, as the store keeps it; or how the last one ended.
public struct RebuildStatus: Sendable, Hashable {
  public let kind: RebuildKind
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
  /// Those whose text or metadata are others than before.
  public internal(set) var updated: Int64
  /// Those that could not be read; they stay as they were.
  public internal(set) var failed: Int64
  /// Nanoseconds since 1970.
  public let started: Int64
  /// Nil while it is under way.
  public internal(set) var ended: Int64?
}

/// One article of a rebuild.
public struct RebuiltArticle: Sendable {
  public enum Outcome: Sendable {
    case facts(Facts)
    /// What the readers make of its document now.
    case reading(ArticleRecord)
    /// Why it stays as it is.
    case failed(String)
  }
  public let id: ArticleID
  /// SHA-256 of the text that it had before; nil where that could not be read.
  public let sha256: [UInt8]?
  public let outcome: Outcome

  public init(id: ArticleID, sha256: [UInt8]?, outcome: Outcome) {
    self.id = id
    self.sha256 = sha256
    self.outcome = outcome
  }

  /// With its new facts, or nil where it could not be read.
  public init(id: ArticleID, sha256: [UInt8]?, facts: Facts?) {
    self.init(
      id: id, sha256: sha256, outcome: facts.map(Outcome.facts) ?? .failed("it is damaged"))
  }
}
