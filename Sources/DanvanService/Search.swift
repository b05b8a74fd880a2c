internal import DanvanModel
internal import DanvanStore

extension Desk {
  private static let defaultLimit = 20
  private static let greatestLimit = 1_000
  /// For a caller without a deadline: no reader is held for longer.
  private static let longestSearch = Duration.seconds(10)

  /// Throws `invalidArgument`, naming the column, for a query that cannot be read, and for an
  /// `after` that is not of this search; `deadlineExceeded`.
  public func search(_ request: SearchRequest) throws -> SearchPage {
    guard request.limit <= Self.greatestLimit else {
      throw DanvanError.invalid("a page has at most \(Self.greatestLimit) hits")
    }
    let limit = request.limit > 0 ? request.limit : Self.defaultLimit
    let query = try QueryParser.parse(request.query)
    let after = try SearchCursor.position(request.after, of: request)
    let deadline = request.deadline ?? .now + Self.longestSearch
    return try store.read(deadline: deadline) { snapshot in
      var plan = try plan(query, marks: request.marks)
      var result = try snapshot.search(
        plan.query, order: request.order, limit: limit, after: after)
      if result.total == 0, plan.canRelax, request.marks == .automatic {
        let relaxed = try self.plan(query, marks: .automatic, isRelaxed: true)
        let found = try snapshot.search(
          relaxed.query, order: request.order, limit: limit, after: after)
        if found.total > 0 {
          plan = relaxed
          plan.notes.append("nothing has these marks; articles written without marks were found")
          result = found
        }
      }
      if request.order == .relevance, result.total > Snapshot.rankingWindow {
        plan.notes.append(
          "ranked are the \(Snapshot.rankingWindow) of \(result.total) articles ingested last")
      }
      let finder = PhraseFinder(plan.query.wantedPhrases, tokenizer: SyllableTokenizer())
      let hits = try result.ids.compactMap { id in
        try snapshot.article(id, parts: .text).map { SearchHit($0, finder) }
      }
      return SearchPage(
        hits: hits, total: result.total,
        next: result.next.map { SearchCursor.text($0, of: request) } ?? "", notes: plan.notes)
    }
  }
}

extension SearchHit {
  fileprivate init(_ article: StoredArticle, _ finder: PhraseFinder) {
    let snippet = Snippet(of: article.text ?? "", title: article.header.title, finder)
    self.init(
      article: article.header, snippet: snippet.text, highlights: snippet.highlights)
  }
}
