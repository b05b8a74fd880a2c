internal import DanvanModel
internal import DanvanStore

/// Finds posts that changed hands: somebody is first seen in a post in the period, somebody else was seen
/// in it before, and not after.
///
/// A post is looked at where its wording tells it from others
/// of its kind and one person holds it at a time. It tells where it names a field or place or is of the
/// central level, and the corpus has not three posts that go on from it (`Giám đốc Sở Y tế`: Hà Nội, Huế, Đà
/// Nẵng). One holds it at a time where neither
/// the lexicon `shared-offices` says otherwise, nor do two holders whom several articles attest overlap by
/// more than a month. The earlier holder is the one seen last before the newcomer; he may still be seen two
/// weeks after, for articles come late, and no longer, and not by an article that names both. One article
/// alone is no change where it stands against one alone, or is as old as the last of the earlier holder.
struct PostChanges {
  private let snapshot: Snapshot
  private let engine: Engine
  private let scope: BriefScope
  private let shelf: ArticleShelf
  private var finder: PersonFinder
  /// The post that a number means, under all its wordings.
  private var keys: [Int64: String] = [:]
  private var numbers: [String: [Int64]] = [:]
  private var ordered: [String] = []
  private var posts: [Int64: KnownPost] = [:]
  private(set) var sharedPosts = 0
  private(set) var unclearPosts = 0

  private static let lateDays: Int32 = 14
  private static let overlapDays: Int32 = 31
  private static let longDays: Int32 = 366
  /// So many posts that go on from one say that it is not told from them.
  static let mostContinued = 3

  init(_ scope: BriefScope, _ snapshot: Snapshot, _ engine: Engine, _ shelf: ArticleShelf) throws {
    self.snapshot = snapshot
    self.engine = engine
    self.scope = scope
    self.shelf = shelf
    finder = PersonFinder(snapshot, engine)
    for post in try snapshot.posts() {
      posts[post.id] = post
      let key = engine.postKey(post.canonical)
      keys[post.id] = key
      numbers[key, default: []].append(post.id)
    }
    ordered = numbers.keys.sorted()
  }

  /// One who was seen in a post, from the first to the last day.
  private struct Holder {
    let name: KnownName
    var positions: [KnownPosition]

    var first: KnownPosition { positions[0] }
    var last: KnownPosition { positions[positions.count - 1] }
    var articles: Int { Set(positions.map(\.article)).count }

    func day(_ position: KnownPosition) -> Int32 { position.day ?? .min }
  }

  /// The `limit` with the fewest doubts and the most articles, in the order of their days.
  mutating func chosen(_ limit: Int) throws -> [PostChange] {
    var changes: [PostChange] = []
    for key in try keysSeen(in: scope.days, counting: true) {
      changes += try self.changes(of: key)
    }
    let best = changes.sorted { a, b in
      (a.doubts.count, -min(a.holder.articles, a.before.articles), -a.holder.articles, a.post)
        < (b.doubts.count, -min(b.holder.articles, b.before.articles), -b.holder.articles, b.post)
    }.prefix(limit)
    return best.sorted { ($0.holder.day, $0.post) < ($1.holder.day, $1.post) }
  }

  /// The posts of the period before that nobody is seen in now, whose holders are seen in no other: the
  /// `limit` that most articles gave.
  mutating func vacant(_ limit: Int) throws -> [VacantPost] {
    guard let before = scope.daysBefore else { return [] }
    let seenNow = try snapshot.positions(in: scope.days)
    let now = Set(seenNow.compactMap { keys[$0.post] })
    let persons = Set(seenNow.map(\.person))
    var found: [(key: String, holders: [Holder])] = []
    for key in try keysSeen(in: before, counting: false) where !now.contains(key) {
      let seen = try holders(of: key).compactMap { holder -> Holder? in
        let positions = holder.positions.filter { before.contains(holder.day($0)) }
        return positions.isEmpty ? nil : Holder(name: holder.name, positions: positions)
      }
      guard !seen.contains(where: { persons.contains($0.name.id) }),
        !areShared(try holders(of: key))
      else { continue }
      found.append((key, seen))
    }
    let best = found.map { ($0.key, $0.holders, $0.holders.map(\.articles).reduce(0, +)) }
      .filter { $0.2 > 1 }.sorted { ($1.2, $0.0) < ($0.2, $1.0) }.prefix(limit)
    return try best.compactMap { key, holders, articles in
      guard let holder = holders.max(by: { $0.day($0.last) < $1.day($1.last) }),
        let seen = try seen(holder, at: holder.last)
      else { return nil }
      return VacantPost(
        post: wording(of: key), holder: seen.person, last: seen.day, articles: articles,
        source: seen.source)
    }
  }

  /// Posts that one person holds and whose wording tells them from others.
  private mutating func keysSeen(in days: ClosedRange<Int32>, counting: Bool) throws -> [String] {
    var seen: Set<String> = []
    for position in try snapshot.positions(in: days) where scope.isWanted(position.article) {
      if let key = keys[position.post] { seen.insert(key) }
    }
    return seen.sorted().filter { key in
      guard let post = numbers[key]?.first.flatMap({ posts[$0] }),
        !engine.offices.isCredential(post.canonical), !engine.offices.isFormer(post.canonical)
      else { return false }
      if engine.offices.isShared(key) {
        if counting { sharedPosts += 1 }
        return false
      }
      if !isClear(key) {
        if counting { unclearPosts += 1 }
        return false
      }
      return true
    }
  }

  private func isClear(_ key: String) -> Bool {
    guard !engine.offices.anchors(of: key).isEmpty || engine.offices.level(of: key) == .central
    else { return false }
    let start = key + " "
    var place = ordered.partitioningIndex { $0 >= start }
    var next: Set<Substring> = []
    while place < ordered.count, ordered[place].hasPrefix(start), next.count < Self.mostContinued {
      if let term = ordered[place].dropFirst(start.count).split(separator: " ").first {
        next.insert(term)
      }
      place += 1
    }
    return next.count < Self.mostContinued
  }

  private func holders(of key: String) throws -> [Holder] {
    let positions = try (numbers[key] ?? []).flatMap { try snapshot.positions(ofPost: $0) }
      .filter { $0.day != nil }
      .sorted { ($0.day ?? 0, $0.article, $0.number) < ($1.day ?? 0, $1.article, $1.number) }
    var holders: [Holder] = []
    for position in positions {
      if let place = holders.firstIndex(where: { $0.name.id == position.person }) {
        holders[place].positions.append(position)
        continue
      }
      // Of one word are short forms, and what was taken for a name.
      guard let name = try snapshot.name(position.person), name.text.contains(" ") else { continue }
      if let place = holders.firstIndex(where: {
        engine.offices.areSpellingsOfOne($0.name, name)
      }) {
        holders[place].positions.append(position)
      } else {
        holders.append(Holder(name: name, positions: [position]))
      }
    }
    return holders
  }

  private func areShared(_ holders: [Holder]) -> Bool {
    let attested = holders.filter { $0.articles > 1 }
    return attested.indices.contains { a in
      attested[(a + 1)...].contains { other in
        let one = attested[a]
        let start = max(one.day(one.first), other.day(other.first))
        let end = min(one.day(one.last), other.day(other.last))
        return end - start > Self.overlapDays
      }
    }
  }

  private mutating func changes(of key: String) throws -> [PostChange] {
    let holders = try holders(of: key)
    guard holders.count > 1 else { return [] }
    if areShared(holders) {
      sharedPosts += 1
      return []
    }
    return try holders.compactMap { newcomer in
      let since = newcomer.day(newcomer.first)
      guard scope.days.contains(since), scope.isWanted(newcomer.first.article) else { return nil }
      let earlier = holders.filter { $0.day($0.first) < since }
      guard let before = earlier.max(by: { $0.day($0.last) < $1.day($1.last) }),
        before.day(before.last) <= since + Self.lateDays
      else { return nil }
      return try change(of: key, from: before, to: newcomer)
    }
  }

  private mutating func change(of key: String, from before: Holder, to newcomer: Holder) throws
    -> PostChange?
  {
    let since = newcomer.positions.filter { newcomer.day($0) <= scope.days.upperBound }
    let articles = Set(since.map(\.article)).count
    guard articles + before.articles > 2,
      articles > 1 || before.day(before.last) < newcomer.day(newcomer.first),
      Set(since.map(\.article)).isDisjoint(with: before.positions.map(\.article)),
      var holder = try seen(newcomer, at: newcomer.first),
      let earlier = try seen(before, at: before.last),
      holder.person.reference != earlier.person.reference
    else { return nil }
    holder.articles = articles
    var doubts: [PostChange.Doubt] = []
    if articles == 1 { doubts.append(.oneArticleSince) }
    if before.articles == 1 { doubts.append(.oneArticleBefore) }
    if newcomer.day(newcomer.first) - before.day(before.last) > Self.longDays {
      doubts.append(.longGap)
    }
    if !newcomer.first.isFirm || !before.last.isFirm { doubts.append(.inferredDay) }
    return PostChange(post: wording(of: key), holder: holder, before: earlier, doubts: doubts)
  }

  private mutating func seen(_ holder: Holder, at position: KnownPosition) throws
    -> PostChange.Seen?
  {
    guard let day = position.day.flatMap({ PartialDate(dayNumber: $0) }),
      let source = try shelf.position(position),
      let person = try finder.person(position.person, in: position.article)
    else { return nil }
    let summary = EntitySummary(
      reference: person.reference, name: person.shownName, knownAs: "",
      articles: person.articles.count)
    return PostChange.Seen(
      person: summary, day: day, articles: holder.articles, source: source)
  }

  /// As its longest wording writes it.
  private func wording(of key: String) -> String {
    let wordings = (numbers[key] ?? []).compactMap { posts[$0]?.wording }
    return wordings.max { ($0.count, $1) < ($1.count, $0) } ?? key
  }
}

extension Array {
  /// Of an array that is ordered so, the first place whose element satisfies the condition.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
