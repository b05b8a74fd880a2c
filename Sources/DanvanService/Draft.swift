internal import DanvanModel
internal import DanvanStore

/// An article on its way in, with the key that tells whether it is there already.
struct Draft: Sendable {
  let article: Article
  let submission: Submission
  let identity: [UInt8]

  /// The URL that it is the text of; nil for one without.
  var page: String? { article.url.flatMap { $0.isEmpty ? nil : $0 } }

  init(_ article: Article, of submission: Submission) {
    self.article = article
    self.submission = submission
    identity = article.identity
  }
}

extension Draft {
  /// The receipts of what is there already, so that it costs no extraction; nil for what is to be
  /// stored, and where there is no draft.
  ///
  /// The drafts of a request come in the order in which their pages had these texts. One with a text
  /// that its page had before is to be stored, for the page has gone back to it. But where the last
  /// draft of a page is what the page says now, all of them may have been stored before: the request is
  /// sent again because its answer was lost.
  static func receipts(of drafts: [Draft?], in known: KnownTexts) throws -> [Receipt?] {
    var last: [String: Draft] = [:]
    for case let draft? in drafts { if let url = draft.page { last[url] = draft } }
    let settled = try last.filter { try known.isNewest($1.identity, at: $0) }.keys
    // Pages of which an earlier draft is to be stored: what comes then, only the writer can say.
    var changing: Set<String> = []
    return try drafts.map { draft in
      guard let draft else { return nil }
      let url = draft.page
      if let url, changing.contains(url) { return nil }
      if let receipt = try known.receipt(of: draft.identity),
        try url.map(settled.contains) == true
          || known.article(revisedBy: draft.identity, at: url) == nil
      {
        return receipt
      }
      if let url { changing.insert(url) }
      return nil
    }
  }
}
