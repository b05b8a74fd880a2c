internal import DanvanModel
internal import DanvanStore

/// Who held some posts, as far as an answer asks for it: persons are told apart and their timelines made
/// only until nobody else can come before those found.
struct HolderList {
  private let engine: Engine
  private let shelf: ArticleShelf

  init(_ engine: Engine, _ shelf: ArticleShelf) {
    self.engine = engine
    self.shelf = shelf
  }

  /// The first `limit` tenures, one for each person and post, with its holder: the newest first, or
  /// with a day (since 1970-01-01) those nearest to it.
  func tenures(
    of positions: [KnownPosition], near day: Int32? = nil, limit: Int, _ finder: inout PersonFinder
  ) throws -> [Tenure] {
    var waiting = Dictionary(grouping: positions, by: \.person)
    let order = waiting.keys.sorted { a, b in
      let (left, right) = (Self.rank(waiting[a] ?? [], day), Self.rank(waiting[b] ?? [], day))
      return left != right ? left < right : a < b
    }
    var found: [(rank: Int, tenure: Tenure)] = []
    for name in order {
      guard let group = waiting.removeValue(forKey: name) else { continue }
      // A tenure lies within the days on which its holder is named, so nobody behind comes before it.
      let best = Self.rank(group, day)
      if found.count(where: { $0.rank < best }) >= limit { break }
      for (person, positions) in try persons(named: name, group, &waiting, &finder) {
        found += try timeline(of: person, positions, &finder).map { (Self.rank($0, day), $0) }
      }
    }
    let sorted = found.sorted { a, b in
      a.rank != b.rank
        ? a.rank < b.rank
        : (b.tenure.articles, a.tenure.holder?.name ?? "")
          < (a.tenure.articles, b.tenure.holder?.name ?? "")
    }
    return sorted.prefix(limit).map(\.tenure)
  }

  /// The persons of a name with what is said of each, that under other names included which are ruled to
  /// be theirs.
  private func persons(
    named name: Int64, _ group: [KnownPosition], _ waiting: inout [Int64: [KnownPosition]],
    _ finder: inout PersonFinder
  ) throws -> [(person: Person, positions: [KnownPosition])] {
    var persons: [(person: Person, positions: [KnownPosition])] = []
    var groups = [(name, group)]
    while let (name, group) = groups.popLast() {
      for position in group {
        _ = try finder.post(position.post)
        if let place = persons.firstIndex(where: {
          $0.person.isMeant(by: name, in: position.article)
        }) {
          persons[place].positions.append(position)
        } else if let person = try finder.person(name, in: position.article) {
          persons.append((person, [position]))
          for part in person.parts {
            if let other = waiting.removeValue(forKey: part.name.id) {
              groups.append((part.name.id, other))
            }
          }
        }
      }
    }
    return persons
  }

  private func timeline(
    of person: Person, _ positions: [KnownPosition], _ finder: inout PersonFinder
  ) throws -> [Tenure] {
    let timeline = try Tenures(
      offices: engine.offices, abbreviations: engine.postAbbreviations, posts: finder.posts,
      shelf: shelf
    ).timeline(positions)
    guard !timeline.isEmpty else { return [] }
    let holder = try finder.summary(of: person)
    return timeline.map { tenure in
      var tenure = tenure
      tenure.holder = holder
      return tenure
    }
  }

  /// Smaller comes first: the distance from the day, or how long ago the last day is.
  private static func rank(_ first: Int32?, _ last: Int32?, _ day: Int32?) -> Int {
    guard let first, let last else { return .max }
    guard let day else { return -Int(last) }
    return Int(max(first - day, day - last, 0))
  }

  private static func rank(_ positions: [KnownPosition], _ day: Int32?) -> Int {
    let days = positions.compactMap(\.day)
    return rank(days.min(), days.max(), day)
  }

  private static func rank(_ tenure: Tenure, _ day: Int32?) -> Int {
    rank(tenure.first?.dayNumber, tenure.last?.dayNumber, day)
  }
}

extension Person {
  /// Whether a name in an article means this person.
  func isMeant(by name: Int64, in article: ArticleID) -> Bool {
    parts.contains { $0.name.id == name && $0.bearer.articles.contains(article) }
  }
}
