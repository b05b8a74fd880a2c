internal import DanvanModel
internal import DanvanStore

/// Which facts an answer is about: who has part in them, what they are about.
struct DeskFilter {
  let desk: Desk
  let snapshot: Snapshot

  /// A name, and the articles in which it means the one asked about; nil: all.
  private struct Meaning {
    let name: Int64
    let articles: Set<ArticleID>?
  }

  /// The parts that a person or body has in facts, the newest first; none where nobody is so named.
  ///
  /// A person is told from others of his name. A body is meant by all names that hold its words in a
  /// row: `Ban Dân vận` finds `Ban Dân vận Tỉnh ủy` too.
  func parts(of text: String, as role: RegisterRole, in days: ClosedRange<Int32>?) throws
    -> [KnownPart]
  {
    var parts: Set<KnownPart> = []
    for meaning in try meanings(of: text) {
      let found = try snapshot.parts(of: meaning.name, as: role, in: days)
      parts.formUnion(
        found.filter { part in meaning.articles.map { $0.contains(part.article) } ?? true })
    }
    return parts.sorted(by: KnownPart.isNewer)
  }

  private func meanings(of text: String) throws -> [Meaning] {
    let reference = try EntityReference(text)
    var finder = PersonFinder(snapshot, desk.engine)
    var person: Person?
    do {
      person = try finder.person(reference)
    } catch let error as DanvanError where error.code == .notFound {
      if reference.article != nil { throw error }
    }
    var meanings = (person?.parts ?? []).map {
      Meaning(name: $0.name.id, articles: $0.bearer.articles)
    }
    guard reference.article == nil else { return meanings }
    let known = Set(meanings.map(\.name))
    let words = " \(reference.name.canonical) "
    meanings += try snapshot.names(holding: reference.name.plain, limit: 2_000)
      .filter { reference.isPlain || " \($0.canonical) ".contains(words) }
      .filter { !known.contains($0.id) }
      .map { Meaning(name: $0.id, articles: nil) }
    return meanings
  }

  /// What a query asks for: the articles that answer it, and its words as they may stand in a fact.
  struct Subject {
    let articles: Set<ArticleID>
    let finder: PhraseFinder

    /// Whether a fact's text holds one of the words.
    func isNamed(in text: String) -> Bool {
      guard !finder.isEmpty else { return true }
      var text = text
      return text.withUTF8 { !finder.matches(in: $0).isEmpty }
    }
  }

  /// Nil for an empty query. Throws `invalidArgument`.
  func subject(_ query: String) throws -> Subject? {
    guard !query.isEmpty else { return nil }
    let plan = try desk.plan(try QueryParser.parse(query), marks: .automatic)
    return Subject(
      articles: Set(try snapshot.matching(plan.query)),
      finder: PhraseFinder(plan.query.wantedPhrases, tokenizer: SyllableTokenizer()))
  }
}
