/// A query that a person has given a name.
public struct SavedSearch: Sendable, Hashable {
  public let name: String
  /// Text of the query language, as it was saved.
  public let query: String
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  public let saved: Int64

  public init(name: String, query: String, saved: Int64) {
    self.name = name
    self.query = query
    self.saved = saved
  }
}
