internal import DanvanModel
internal import DanvanStore

/// A query as it was written: what the parser reads and the planner compiles.
indirect enum Query: Sendable, Equatable {
  case everything
  case term(QueryTerm)
  case ids(Set<ArticleID>)
  /// From the first day of `from`, up to but without the first day of `before`.
  case dated(from: PartialDate?, before: PartialDate?)
  case all([Query])
  case any([Query])
  case not(Query)
}

/// A word, prefix or phrase, with the field it is looked for in.
struct QueryTerm: Sendable, Equatable {
  var text: String
  var field: SearchField = .anywhere
  var isQuoted = false
  /// The last word stands for all words that begin so.
  var isPrefix = false
  /// Where it begins in the query: characters, from 1.
  var column: Int
}
