internal import DanvanModel
internal import DanvanStore
internal import DanvanText

extension Desk {
  private static let defaultLimit = 20
  private static let greatestLimit = 1_000
  /// For a caller without a deadline: no reader is held for longer.
  private static let longestSearch = Duration.seconds(10)

  /// Without those that are copies of one before them.
  private static func folded(
    _ ids: [ArticleID], _ copies: [ArticleID: [ArticleID]]
  ) -> [ArticleID] {
    var shown: Set<ArticleID> = []
    return ids.filter { id in
      guard shown.isDisjoint(with: copies[id] ?? []) else { return false }
      shown.insert(id)
      return true
    }
  }

  /// Throws `invalidArgument`, naming the column, for a query that cannot be read, and for an
  /// `after` that is not of this search; `deadlineExceeded`.
  public func search(_ request: SearchRequest) throws -> SearchPage {
    let visit = foreground.enter()
    defer { visit.end() }
    guard request.limit <= Self.greatestLimit else {
      throw DanvanError.invalid("a page has at most \(Self.greatestLimit) hits")
    }
    let limit = request.limit > 0 ? request.limit : Self.defaultLimit
    let query = try QueryParser.parse(request.query)
    let after = try SearchCursor(request.after, of: request)
    let deadline = request.deadline ?? .now + Self.longestSearch
    return try store.read(deadline: deadline) { snapshot in
      var clock = StepClock()
      var plan = try plan(query, marks: request.marks)
      var result = try snapshot.search(
        plan.query, order: request.order, limit: limit, after: after?.position,
        title: after?.title ?? [])
      if result.total == 0, plan.canRelax, request.marks == .automatic {
        let relaxed = try self.plan(query, marks: .automatic, isRelaxed: true)
        let found = try snapshot.search(
          relaxed.query, order: request.order, limit: limit, after: after?.position,
          title: after?.title ?? [])
        if found.total > 0 {
          plan = relaxed
          plan.notes.append("nothing has these marks; articles written without marks were found")
          result = found
        }
      }
      clock.note(
        "find \(plan.query.summary), \(request.order.summary)", articles: result.total)
      let finder = PhraseFinder(plan.query.wantedPhrases, tokenizer: SyllableTokenizer())
      let kinds = FactSelection(plan.query)
      let found = request.countsOnly ? [] : result.ids
      var copies: [ArticleID: [ArticleID]] = [:]
      for id in found { copies[id] = try snapshot.copies(of: id) }
      let ids = request.foldsCopies ? Self.folded(found, copies) : found
      let hits = try ids.compactMap { id in
        do {
          return try hit(
            id, finder, kinds, copies: copies[id] ?? [],
            tags: snapshot.tags(of: id).sorted(by: VietnameseOrder.precedes), in: snapshot)
        } catch let error as DanvanError where error.code == .dataLoss {
          // The others are answered with.
          plan.notes.append("\(error.message); it is left out")
          return nil
        }
      }
      clock.note("read texts and cut snippets", articles: hits.count)
      var page = SearchPage(
        hits: hits, total: result.total,
        next: request.countsOnly
          ? "" : SearchCursor(after: result)?.text(of: request) ?? "",
        notes: plan.notes)
      if !request.facets.isEmpty {
        page.facets = try snapshot.facets(
          request.facets, of: plan.query, limit: request.facetLimit)
        clock.note("count facets", articles: result.total)
      }
      if result.total == 0, query != .everything {
        page.suggestions = try Suggestions(self, snapshot)
          .wordings(of: request.query, plan.readings)
      }
      if request.explains { page.explanation = Explanation(plan, steps: clock.steps) }
      return page
    }
  }

  /// Nil for an article that is not there; throws `dataLoss` for one that is damaged.
  private func hit(
    _ id: ArticleID, _ finder: PhraseFinder, _ kinds: FactSelection, copies: [ArticleID],
    tags: [String], in snapshot: Snapshot
  ) throws -> SearchHit? {
    let header: ArticleHeader
    let text: [UInt8]
    var facts: Facts?
    // A snippet is shown, not kept: the checksum within its zlib stream is enough.
    if kinds.isEmpty {
      guard let found = try snapshot.headerAndText(id) else { return nil }
      (header, text) = found
    } else {
      guard let found = try snapshot.article(id, parts: .facts, verifying: false) else {
        return nil
      }
      header = found.header
      text = Array((found.text ?? "").utf8)
      facts = kinds.facts(of: found)
    }
    guard let snippet = Snippet(of: text, title: header.title, finder) else {
      throw DanvanError.damagedText(id)
    }
    return SearchHit(
      article: header, snippet: snippet.text, highlights: snippet.highlights, facts: facts,
      tags: tags, copies: copies)
  }
}
