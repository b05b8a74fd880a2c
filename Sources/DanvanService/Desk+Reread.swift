internal import DanvanIngest
public import DanvanModel
public import DanvanStore
internal import DanvanText

/// Which articles are to be read anew.
public struct RereadSelection: Sendable {
  public var ids: [ArticleID] = []
  public var query: String?
  public var everything = false
  /// Those that a reader older than this version has read; 0 for none, unless nothing else is named:
  /// then those that a reader older than the one in use has read.
  public var olderThanReader = 0

  public init() {}
}

extension Desk {
  /// Has articles read anew from their kept documents, in the background. Returns how that stands; nil
  /// where there is none to read and none was read before.
  ///
  /// Throws `notFound` where one that is named is not there, and `invalidArgument` for a malformed query.
  public func askReread(_ wanted: RereadSelection) throws -> RebuildStatus? {
    let namesNone = wanted.ids.isEmpty && wanted.query == nil && !wanted.everything
    let version =
      namesNone && wanted.olderThanReader == 0 ? Reader.version : wanted.olderThanReader
    var ids = wanted.ids
    let filter = try wanted.query.map {
      try plan(try QueryParser.parse($0), marks: .automatic).query
    }
    try store.read { snapshot in
      for id in wanted.ids where try snapshot.header(id) == nil {
        throw DanvanError(.notFound, "there is no article \(id)")
      }
      if let filter { ids += try snapshot.matching(filter) }
      if wanted.everything { ids += try snapshot.matching(.everything) }
      if version > 0 { ids += try snapshot.articles(readBefore: version) }
    }
    let begun = try store.beginRereading(ids, ruleSet: ruleSet)
    rebuilding.ask()
    return try begun ?? rebuildStatus(.readings)
  }

  /// The articles that the last re-reading left as they were, with the reason: at most `limit`.
  public func rereadFaults(limit: Int) throws -> [(article: ArticleID, reason: String)] {
    try store.rereadFaults(limit: limit)
  }

  /// What the readers in use make of an article's kept document. What a stopping desk throws passes
  /// through; any other failure is the article's own.
  func reading(of id: ArticleID, by engine: Engine) throws -> RebuiltArticle.Outcome {
    do {
      guard let document = try store.read({ try $0.original(of: id) }) else {
        return .failed("its document was not kept")
      }
      let article = try engine.reader.read(document)
      let facts = try engine.facts(in: article, check: rebuilding.demandOn)
      return .reading(
        try store.record(
          of: article, facts: facts, identity: article.identity,
          provenance: Provenance(
            document, read: article, signature: CopySignature(of: article.text)?.minima)))
    } catch let error as DanvanError where error.isOfTheDocument {
      return .failed(error.message)
    }
  }
}

extension DanvanError {
  /// Whether it says that a document cannot be read, and not that disk or memory fail.
  fileprivate var isOfTheDocument: Bool {
    [.invalidArgument, .resourceExhausted, .dataLoss].contains(code)
  }
}
