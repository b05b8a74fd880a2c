internal import DanvanModel
internal import DanvanStore

/// Finds who held a post on a day, by what articles of about that time say: one person, or nobody.
///
/// Within `window` days of the day there must be an article before it (or of it) and one after it (or of it) that
/// give the post to one person; or, where all of them lie on one side, three of them with the nearest within
/// `near` days. There is no answer where anybody else is seen in the post between two articles that give it to that
/// person, or both before and after all of these, or, where all lie on one side, at any time of the window; but one
/// article alone, between his, counts for nothing against five of his. Only days that articles state count; copies
/// of one text count once; the article that asks does not count at all.
///
/// No post is looked at that several hold at a time, that is a degree or a former one, or whose wording does not
/// tell it from others of its kind: it has a name of its own in it or is of the central level, and there are not
/// three posts that go on from it, as for `PostChanges`; of the central level there may be (`Chủ tịch Quốc hội
/// Lào`).
struct IncumbentFinder {
  private let snapshot: Snapshot
  private let engine: Engine
  private let shelf: ArticleShelf
  private var persons: PersonFinder
  private var attested: [String: [KnownPosition]] = [:]
  private var heads: [ArticleID: ArticleID] = [:]

  /// Days.
  static let window: Int32 = 183
  static let near: Int32 = 31
  private static let leastOnOneSide = 3
  private static let leastAround = 2
  /// So many articles outvote one.
  private static let outvoting = 5

  init(_ snapshot: Snapshot, _ engine: Engine, _ shelf: ArticleShelf) {
    self.snapshot = snapshot
    self.engine = engine
    self.shelf = shelf
    persons = PersonFinder(snapshot, engine)
  }

  /// Who held it, and the positions that say so nearest to the day.
  struct Answer {
    var person: EntitySummary
    var sources: [FactSource]
    var articles: Int
  }

  func key(of post: RegisteredPost) -> String { engine.postKey(post.canonical) }

  /// `day`: since 1970-01-01. `article`: the one that asks.
  mutating func holder(of key: String, on day: Int32, askedBy article: ArticleID) throws -> Answer?
  {
    let own = try head(of: article)
    var seen: [KnownPosition] = []
    for position in try positions(of: key) {
      guard let other = position.day, abs(other - day) <= Self.window,
        try head(of: position.article) != own
      else { continue }
      seen.append(position)
    }
    seen = try withoutOutvoted(seen, day)
    guard let nearest = Nearest(seen, day), let holder = try holder(nearest, seen) else {
      return nil
    }
    let isHis = try seen.map { try self.isHis($0, holder) }
    guard let first = isHis.firstIndex(of: true), let last = isHis.lastIndex(of: true) else {
      return nil
    }
    let his = zip(seen, isHis).filter(\.1).map(\.0)
    guard try !isSurrounded(by: seen[..<first], seen[(last + 1)...]) else { return nil }
    let texts = try self.texts(of: his)
    if let between = nearest.between {
      guard isHis[between].allSatisfy({ $0 }), isHis[first...last].allSatisfy({ $0 }),
        texts >= Self.leastAround
      else { return nil }
    } else {
      guard isHis.allSatisfy({ $0 }), texts >= Self.leastOnOneSide,
        abs(seen[nearest.places[0]].day.map { $0 - day } ?? .max) <= Self.near
      else { return nil }
    }
    let sources = try self.sources(nearest.places.map { seen[$0] }, his)
    guard sources.count > 1 else { return nil }
    return Answer(
      person: try persons.summary(of: holder), sources: sources, articles: texts)
  }

  /// Without those of single articles that contradict the one whom most give, where all lie between his and he
  /// is seen on both sides of the day: misread names, and posts of times long past.
  private mutating func withoutOutvoted(_ seen: [KnownPosition], _ day: Int32) throws
    -> [KnownPosition]
  {
    var counts: [Int64: Int] = [:]
    for position in seen { counts[position.person, default: 0] += 1 }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    guard let example = seen.last(where: { $0.person == most }),
      let holder = try persons.person(example.person, in: example.article)
    else { return seen }
    let his = try seen.filter { try isHis($0, holder) }
    let others = try seen.filter { try !isHis($0, holder) }
    guard !others.isEmpty, let first = his.first?.day, let last = his.last?.day,
      (first...last).contains(day),
      others.allSatisfy({ $0.day.map((first...last).contains) ?? false })
    else { return seen }
    let perName = Dictionary(grouping: others, by: \.person)
    guard try perName.values.allSatisfy({ try texts(of: $0) == 1 }),
      try texts(of: his) >= Self.outvoting * perName.count
    else { return seen }
    return his
  }

  /// Whether somebody is seen both before all and after all that speak for the holder.
  private func isSurrounded(
    by before: ArraySlice<KnownPosition>, _ after: ArraySlice<KnownPosition>
  )
    throws -> Bool
  {
    let earlier = try Set(before.map(\.person)).compactMap { try snapshot.name($0) }
    let later = try Set(after.map(\.person)).compactMap { try snapshot.name($0) }
    return earlier.contains { name in
      later.contains { engine.offices.areSpellingsOfOne($0, name) }
    }
  }

  /// In how many texts positions stand; copies count once.
  private mutating func texts(of positions: [KnownPosition]) throws -> Int {
    var texts: Set<ArticleID> = []
    for position in positions { texts.insert(try head(of: position.article)) }
    return texts.count
  }

  /// Which of some positions, ordered by day, lie nearest to a day.
  private struct Nearest {
    /// The last before and the first after; where all lie on one side, the nearest.
    let places: [Int]
    /// From the last before to the first after; nil where all lie on one side.
    let between: ClosedRange<Int>?

    init?(_ positions: [KnownPosition], _ day: Int32) {
      guard !positions.isEmpty else { return nil }
      let before = positions.lastIndex { ($0.day ?? .max) <= day }
      let after = positions.firstIndex { ($0.day ?? .min) >= day }
      switch (before, after) {
      case (let before?, let after?):
        // Of the day itself: all of that day.
        between = min(before, after)...max(before, after)
        places = [min(before, after), max(before, after)]
      case (let before?, nil): (places, between) = ([before], nil)
      case (nil, let after?): (places, between) = ([after], nil)
      case (nil, nil): return nil
      }
    }
  }

  /// The person of the nearest position whose name is more than a short form.
  private mutating func holder(_ nearest: Nearest, _ seen: [KnownPosition]) throws -> Person? {
    for place in nearest.places {
      guard let name = try snapshot.name(seen[place].person), name.text.contains(" ") else {
        continue
      }
      return try persons.person(name.id, in: seen[place].article)
    }
    return nil
  }

  private mutating func isHis(_ position: KnownPosition, _ holder: Person) throws -> Bool {
    if holder.isMeant(by: position.person, in: position.article) { return true }
    guard let name = try snapshot.name(position.person) else { return false }
    // The same name, and yet not meant: a namesake, or parted by a ruling.
    return !holder.parts.contains { $0.name.id == name.id }
      && holder.parts.contains { engine.offices.areSpellingsOfOne($0.name, name) }
  }

  /// The nearest, and where that is one article, the next of his others. None where one of them has no whole day.
  private func sources(_ nearest: [KnownPosition], _ his: [KnownPosition]) throws -> [FactSource] {
    let day = nearest.last?.day ?? 0
    let others = his.sorted { abs(($0.day ?? 0) - day) < abs(($1.day ?? 0) - day) }
    var articles: Set<ArticleID> = []
    var chosen: [KnownPosition] = []
    for position in nearest + others where chosen.count < 2 {
      if articles.insert(position.article).inserted { chosen.append(position) }
    }
    chosen.sort { ($0.day ?? 0, $0.article) < ($1.day ?? 0, $1.article) }
    let sources = try chosen.compactMap { try shelf.position($0) }
    return sources.allSatisfy { $0.day?.isWhole ?? false } ? sources : []
  }

  // MARK: Posts

  /// Who is said to hold the post on days that articles state, in their order; none where the wording does
  /// not tell one post that one person holds.
  private mutating func positions(of key: String) throws -> [KnownPosition] {
    if let known = attested[key] { return known }
    var found: [KnownPosition] = []
    if isTelling(key) {
      let forms = engine.postAbbreviations.forms(of: key.split(separator: " ").map(String.init))
        .map { $0.joined(separator: " ") }
      if try engine.offices.level(of: key) == .central || !isContinued(key, forms) {
        for form in forms {
          guard let post = try snapshot.post(canonical: form) else { continue }
          found += try snapshot.positions(ofPost: post.id).filter { $0.isFirm && $0.day != nil }
        }
      }
    }
    found.sort { ($0.day ?? 0, $0.article, $0.number) < ($1.day ?? 0, $1.article, $1.number) }
    attested[key] = found
    return found
  }

  private func isTelling(_ key: String) -> Bool {
    let offices = engine.offices
    return !offices.isCredential(key) && !offices.isFormer(key) && !offices.isShared(key)
      && (offices.hasOwnName(key) || offices.level(of: key) == .central)
  }

  /// Whether the corpus has several posts that go on from this one: it is then a short form of any of them.
  private func isContinued(_ key: String, _ forms: [String]) throws -> Bool {
    let count = key.split(separator: " ").count
    var next: Set<Substring> = []
    for form in forms {
      for post in try snapshot.posts(continuing: form) {
        let terms = engine.postAbbreviations.expanded(post.canonical)
        if terms.count > count { next.insert(terms[count]) }
      }
    }
    return next.count >= PostChanges.mostContinued
  }

  private mutating func head(of article: ArticleID) throws -> ArticleID {
    if let known = heads[article] { return known }
    let head = try snapshot.copyHead(of: article)
    heads[article] = head
    return head
  }
}
