internal import DanvanModel
internal import DanvanStore

/// A query as it was written: what the parser reads and the planner compiles.
indirect enum Query: Sendable, Equatable {
  case everything
  case term(QueryTerm)
  /// Words or phrases of one field with at most so many syllables between the first and the last.
  case near([QueryTerm], within: Int)
  case ids(Set<ArticleID>)
  /// From the first day of `from`, up to but without the first day of `before`.
  case dated(from: PartialDate?, before: PartialDate?)
  case tagged(String)
  case written(in: Language)
  /// A saved search by its name, and where that stands: characters of the query, from 1.
  case saved(String, column: Int)
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
