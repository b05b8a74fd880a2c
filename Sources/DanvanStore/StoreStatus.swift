public import DanvanModel

/// How a store stands.
public struct StoreStatus: Sendable {
  public let store: StoreID
  /// The number of the newest migration.
  public let schema: Int
  public let articles: Int64
  /// All facts of all articles, mentions included.
  public let facts: Int64
  /// The newest event; 0 in an empty store.
  public let headSequence: Int64
  /// A cursor below this has lost events to compaction; 0 while all are kept.
  public let compactedSequence: Int64
  public let databaseBytes: Int64
  public let walBytes: Int64
  public let tokenizer: String
  /// Set once the disk has failed to take a commit: the store accepts no more writes until it is
  /// opened again.
  public let writeFailure: DanvanError?

  public init(
    store: StoreID, schema: Int, articles: Int64, facts: Int64, headSequence: Int64,
    compactedSequence: Int64, databaseBytes: Int64, walBytes: Int64, tokenizer: String,
    writeFailure: DanvanError?
  ) {
    self.store = store
    self.schema = schema
    self.articles = articles
    self.facts = facts
    self.headSequence = headSequence
    self.compactedSequence = compactedSequence
    self.databaseBytes = databaseBytes
    self.walBytes = walBytes
    self.tokenizer = tokenizer
    self.writeFailure = writeFailure
  }
}
