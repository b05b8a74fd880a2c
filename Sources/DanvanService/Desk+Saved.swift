internal import DanvanModel
public import DanvanStore
internal import DanvanText

/// Saved searches, and tags on articles.
extension Desk {
  /// Keeps a query under a name, in place of an earlier one; on disk on return.
  ///
  /// Throws `invalidArgument` for a name or query that cannot be read, and for a query that would
  /// hold itself.
  public func save(_ query: String, as name: String) throws -> SavedSearch {
    let name = try TagName.checked(name, what: "saved search")
    let parsed = try QueryParser.parse(query)
    guard !names(in: parsed, within: []).contains(name) else {
      throw DanvanError.invalid("the saved search '\(name)' would hold itself")
    }
    if parsed != .everything { _ = try plan(parsed, marks: .automatic) }
    let search = SavedSearch(name: name, query: query, saved: Store.now())
    try store.save(search)
    return search
  }

  /// In the order of Vietnamese dictionaries.
  public func savedSearches() -> [SavedSearch] {
    store.savedSearches().sorted { VietnameseOrder.precedes($0.name, $1.name) }
  }

  /// Throws `notFound`, naming the nearest.
  public func removeSaved(_ name: String) throws {
    guard try store.removeSaved(TagName.checked(name, what: "saved search")) else {
      let nearest = nearestName(to: name, among: store.savedSearches().map(\.name))
      throw DanvanError(
        .notFound,
        "there is no saved search '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
    }
  }

  /// Puts tags on the articles that match and takes others off; returns how many matched and how
  /// many of them were changed. Throws `invalidArgument` for a name or query that cannot be read.
  public func tag(
    matching query: String, adding: [String], removing: [String],
    deadline: ContinuousClock.Instant? = nil
  ) throws -> (matched: Int, changed: Int) {
    let adding = try adding.map { try TagName.checked($0) }
    let removing = try removing.map { try TagName.checked($0) }
    guard !adding.isEmpty || !removing.isEmpty else {
      throw DanvanError.invalid("no tag to put on or take off: write +name or -name")
    }
    guard Set(adding).isDisjoint(with: removing) else {
      throw DanvanError.invalid("a tag is both to be put on and taken off")
    }
    let filter = try plan(try QueryParser.parse(query), marks: .automatic).query
    let ids = try store.read(deadline: deadline) { try $0.matching(filter) }
    return (ids.count, try store.tag(ids, adding: adding, removing: removing))
  }

  /// Every tag in use with the number of its articles, in the order of Vietnamese dictionaries.
  public func tags() throws -> [(name: String, articles: Int)] {
    try store.read { try $0.tags() }.sorted { VietnameseOrder.precedes($0.name, $1.name) }
  }

  /// The saved searches that a query leads to.
  private func names(in query: Query, within open: Set<String>) -> Set<String> {
    switch query {
    case .saved(let name, _):
      guard !open.contains(name), let search = store.savedSearch(name),
        let inner = try? QueryParser.parse(search.query)
      else { return [name] }
      return names(in: inner, within: open.union([name])).union([name])
    case .all(let parts), .any(let parts):
      return parts.reduce(into: []) { $0.formUnion(names(in: $1, within: open)) }
    case .not(let inner): return names(in: inner, within: open)
    case .everything, .term, .near, .ids, .dated, .tagged, .written: return []
    }
  }
}
