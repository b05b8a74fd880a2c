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

extension Query {
  /// How many words of it stand for all that begin so, those of saved searches included.
  ///
  /// `saved` gives the query of a name; nil for one that is not there or is being read already.
  func prefixCount(saved: (String) -> Query?) -> Int {
    switch self {
    case .term(let term): term.isPrefix ? 1 : 0
    case .near(let terms, _): terms.count { $0.isPrefix }
    case .saved(let name, _): saved(name)?.prefixCount(saved: saved) ?? 0
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.prefixCount(saved: saved) }
    case .not(let inner): inner.prefixCount(saved: saved)
    case .everything, .ids, .dated, .tagged, .written: 0
    }
  }
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
