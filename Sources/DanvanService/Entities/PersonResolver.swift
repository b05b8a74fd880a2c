internal import DanvanModel
internal import DanvanStore

/// Tells apart the persons that bear one name, by their posts: a pure function of what articles say.
///
/// Posts of one person are tied together where an article gives them to him side by side, where they
/// are of one body, field and place, and where both are of the central level. Posts that nothing ties
/// belong to different persons. An article that tells no such post speaks of the one who is attested
/// nearest in time.
struct PersonResolver {
  /// An article that names the person.
  struct Occurrence: Sendable {
    let article: ArticleID
    let day: Int32?
  }

  /// One of those who bear the name.
  struct Bearer: Sendable {
    /// The oldest article about him, by which he is told from the others.
    var anchor: ArticleID
    var articles: Set<ArticleID>
    var positions: [KnownPosition]
  }

  let offices: Offices
  let abbreviations: Abbreviations
  let posts: [Int64: KnownPost]

  /// Most articles first. `isShareable`: whether the name may be that of several persons.
  func bearers(
    _ occurrences: [Occurrence], _ positions: [KnownPosition], isShareable: Bool
  ) -> [Bearer] {
    let byArticle = Dictionary(grouping: positions, by: \.article)
    guard isShareable else {
      return occurrences.isEmpty ? [] : [bearer(occurrences.map(\.article), byArticle)]
    }
    let careers = careers(byArticle)
    var members: [Int: [ArticleID]] = [:]
    for occurrence in occurrences {
      let telling = (byArticle[occurrence.article] ?? []).lazy.compactMap { careers.of[$0.post] }
      let career = telling.first ?? nearest(occurrence.day, careers.days)
      members[career ?? -1, default: []].append(occurrence.article)
    }
    return Self.ordered(members.values.map { bearer($0, byArticle) })
  }

  static func ordered(_ bearers: [Bearer]) -> [Bearer] {
    bearers.sorted {
      ($1.articles.count, $0.anchor.value) < ($0.articles.count, $1.anchor.value)
    }
  }

  private func bearer(
    _ articles: [ArticleID], _ positions: [ArticleID: [KnownPosition]]
  ) -> Bearer {
    Bearer(
      anchor: articles.min() ?? ArticleID(0), articles: Set(articles),
      positions: articles.flatMap { positions[$0] ?? [] })
  }

  // MARK: Careers

  private struct Careers {
    /// The number of a telling post's career.
    var of: [Int64: Int]
    /// When each career is attested.
    var days: [Int: [Int32]]
  }

  private struct Profile {
    let post: Int64
    let body: Int64
    let level: Offices.Level?
    let anchors: Set<Substring>
    var first: Int32?
    var last: Int32?
  }

  private func careers(_ byArticle: [ArticleID: [KnownPosition]]) -> Careers {
    var profiles: [Profile] = []
    var places: [Int64: Int] = [:]
    let all = byArticle.sorted { $0.key < $1.key }
    for position in all.flatMap(\.value) {
      if let place = places[position.post] {
        note(position.day, in: &profiles[place])
      } else if var profile = profile(of: position.post) {
        note(position.day, in: &profile)
        places[position.post] = profiles.count
        profiles.append(profile)
      }
    }
    var ties = DisjointSets(count: profiles.count)
    for (_, positions) in all {
      let together = positions.compactMap { places[$0.post] }
      for other in together.dropFirst() { ties.join(together[0], other) }
    }
    for a in profiles.indices {
      for b in profiles.indices.dropFirst(a + 1) where areOfOne(profiles[a], profiles[b]) {
        ties.join(a, b)
      }
    }
    var days: [Int: [Int32]] = [:]
    for position in all.flatMap(\.value) {
      guard let place = places[position.post], let day = position.day else { continue }
      days[ties.root(of: place), default: []].append(day)
    }
    for place in profiles.indices { days[ties.root(of: place), default: []] += [] }
    return Careers(
      of: places.mapValues { ties.root(of: $0) }, days: days.mapValues { $0.sorted() })
  }

  /// Nil for a post that tells nothing about who holds it: a degree, or an office alone.
  private func profile(of id: Int64) -> Profile? {
    guard let post = posts[id], !offices.isCredential(post.canonical) else { return nil }
    let wording = abbreviations.expanded(post.canonical).joined(separator: " ")
    let level = offices.level(of: wording)
    let anchors = offices.anchors(of: wording)
    guard !anchors.isEmpty || level == .central else { return nil }
    return Profile(post: id, body: post.bodyName, level: level, anchors: anchors)
  }

  private func note(_ day: Int32?, in profile: inout Profile) {
    guard let day else { return }
    profile.first = min(profile.first ?? day, day)
    profile.last = max(profile.last ?? day, day)
  }

  private func areOfOne(_ a: Profile, _ b: Profile) -> Bool {
    if a.body != 0, a.body == b.body { return true }
    let shared = a.anchors.intersection(b.anchors).count
    let least = min(a.anchors.count, b.anchors.count)
    if a.anchors == b.anchors, least > 0 { return true }
    if shared >= 2, 2 * shared >= least { return true }
    switch (a.level, b.level) {
    case (.central, .central), (.central, .leader), (.leader, .central): return true
    // Who leads one province may later lead another, but not both at a time.
    case (.leader, .leader): return isApart(a, b)
    default: return false
    }
  }

  private func isApart(_ a: Profile, _ b: Profile) -> Bool {
    guard let first = a.first, let last = a.last, let otherFirst = b.first, let otherLast = b.last
    else { return false }
    return last < otherFirst || otherLast < first
  }

  /// The career attested nearest to the day; without a day, the one attested most often.
  private func nearest(_ day: Int32?, _ careers: [Int: [Int32]]) -> Int? {
    let ordered = careers.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    guard let day else { return ordered.first?.key }
    return ordered.min { distance(day, $0.value) < distance(day, $1.value) }?.key
  }

  private func distance(_ day: Int32, _ days: [Int32]) -> Int32 {
    days.map { abs($0 - day) }.min() ?? .max
  }
}

/// Which of so many things belong together.
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  /// The least of those that belong together.
  func root(of place: Int) -> Int {
    var place = place
    while parents[place] != place { place = parents[place] }
    return place
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(of: a), root(of: b))
    parents[max(a, b)] = min(a, b)
  }
}
