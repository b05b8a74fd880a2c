internal import DanvanModel
internal import DanvanStore

/// A person of the corpus, under one name or several.
struct Person {
  /// The names with those of their bearers who are this person.
  var parts: [(name: KnownName, bearer: PersonResolver.Bearer)]
  /// As people have ruled, else as most articles write it.
  var shownName: String
  /// Whether others bear the first name too.
  var hasNamesakes: Bool

  var articles: Set<ArticleID> { parts.reduce(into: []) { $0.formUnion($1.bearer.articles) } }
  var positions: [KnownPosition] { parts.flatMap(\.bearer.positions) }

  /// By which it can be asked for.
  var reference: String {
    guard let first = parts.first else { return shownName }
    return EntityReference.text(first.name.text, hasNamesakes ? first.bearer.anchor : nil)
  }
}

/// Finds persons in one snapshot: by name, with what people have ruled about them.
struct PersonFinder {
  let snapshot: Snapshot
  let offices: Offices
  let abbreviations: Abbreviations
  private var groups: [Int64: [PersonResolver.Bearer]] = [:]
  private(set) var posts: [Int64: KnownPost] = [:]

  init(_ snapshot: Snapshot, _ engine: Engine) {
    self.snapshot = snapshot
    offices = engine.offices
    abbreviations = engine.postAbbreviations
  }

  /// Throws `notFound`, naming like names, where the corpus has no such person.
  mutating func person(_ reference: EntityReference) throws -> Person {
    guard let name = try name(reference) else {
      let like = try snapshot.names(holding: reference.name.plain, limit: 40)
        .filter { try !snapshot.parts(of: $0.id, as: .person).isEmpty }.prefix(3)
        .map { "'\($0.text)'" }
      throw DanvanError(
        .notFound,
        "no article names a person '\(reference.name.text.prefix(80))'"
          + (like.isEmpty ? "" : "; there is \(like.joined(separator: ", "))"))
    }
    guard let article = reference.article else { return try person(name, bearer: 0) }
    let bearers = try bearers(of: name)
    guard let place = bearers.firstIndex(where: { $0.articles.contains(article) }) else {
      throw DanvanError(
        .notFound, "article \(article) names no person '\(reference.name.text.prefix(80))'")
    }
    return try person(name, bearer: place)
  }

  /// Everybody of the name, most articles first.
  mutating func persons(of name: KnownName) throws -> [Person] {
    try bearers(of: name).indices.map { try person(name, bearer: $0) }
  }

  /// The one of a name of whom an article speaks; nil where it names none.
  mutating func person(_ name: Int64, in article: ArticleID) throws -> Person? {
    guard let known = try snapshot.name(name),
      let place = try bearers(of: known).firstIndex(where: { $0.articles.contains(article) })
    else { return nil }
    return try person(known, bearer: place)
  }

  /// A person in few words: the post that most articles give.
  mutating func summary(of person: Person) throws -> EntitySummary {
    var counts: [Int64: Int] = [:]
    for position in person.positions { counts[position.post, default: 0] += 1 }
    let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let posts = try ordered.compactMap { try post($0.key) }
    let best = posts.first { !offices.isCredential($0.canonical) && $0.body != nil }
    return EntitySummary(
      reference: person.reference, name: person.shownName,
      knownAs: (best ?? posts.first)?.wording ?? "", articles: person.articles.count)
  }

  mutating func post(_ id: Int64) throws -> KnownPost? {
    if let post = posts[id] { return post }
    let post = try snapshot.post(id)
    posts[id] = post
    return post
  }

  /// The most frequent of the names that are spelled so, or so without marks.
  private func name(_ reference: EntityReference) throws -> KnownName? {
    let exact = try snapshot.name(canonical: reference.name.canonical)
    var candidates = exact.map { [$0] } ?? []
    if reference.isPlain { candidates += try snapshot.names(plain: reference.name.plain) }
    let counted = try candidates.map { ($0, try snapshot.parts(of: $0.id, as: .person).count) }
    let best = counted.filter { $0.1 > 0 }.max { ($0.1, $1.0.id) < ($1.1, $0.0.id) }
    return best?.0
  }

  /// A bearer with those of other names who were ruled to be the same person.
  private mutating func person(_ name: KnownName, bearer place: Int) throws -> Person {
    let bearers = try bearers(of: name)
    guard bearers.indices.contains(place) else {
      throw DanvanError(.notFound, "no article names '\(name.text)' any more")
    }
    var parts = [(name: name, bearer: bearers[place])]
    var shownName: (id: Int64, text: String)?
    var next = 0
    while next < parts.count {
      let part = parts[next]
      next += 1
      for ruling in try snapshot.rulings(.person, of: part.name.canonical) {
        let isMine = Self.names(ruling.entity, part.name, part.bearer)
        if ruling.verb == .rename, isMine, ruling.id > shownName?.id ?? 0 {
          shownName = (ruling.id, ruling.text)
        }
        guard ruling.verb == .merge, let second = ruling.other,
          let other = isMine
            ? second : Self.names(second, part.name, part.bearer) ? ruling.entity : nil,
          let found = try bearer(other),
          !parts.contains(where: {
            $0.name.id == found.name.id && $0.bearer.anchor == found.bearer.anchor
          })
        else { continue }
        parts.append(found)
      }
    }
    let most = parts.max { $0.bearer.articles.count < $1.bearer.articles.count } ?? parts[0]
    return Person(
      parts: parts, shownName: shownName?.text ?? most.name.text,
      hasNamesakes: bearers.count > parts.count { $0.name.id == name.id })
  }

  private mutating func bearer(_ ruled: StoredRuling.Bearer) throws
    -> (name: KnownName, bearer: PersonResolver.Bearer)?
  {
    guard let name = try snapshot.name(canonical: ruled.name) else { return nil }
    let found = try bearers(of: name).first { Self.names(ruled, name, $0) }
    return found.map { (name, $0) }
  }

  private static func names(
    _ ruled: StoredRuling.Bearer, _ name: KnownName, _ bearer: PersonResolver.Bearer
  ) -> Bool {
    ruled.name == name.canonical && ruled.article.map(bearer.articles.contains) ?? true
  }

  /// The persons of one name, as their posts tell them apart and as they were split by hand.
  private mutating func bearers(of name: KnownName) throws -> [PersonResolver.Bearer] {
    if let known = groups[name.id] { return known }
    let positions = try snapshot.positions(ofPerson: name.id)
    for position in positions { _ = try post(position.post) }
    let occurrences = try snapshot.parts(of: name.id, as: .person).map {
      PersonResolver.Occurrence(article: $0.article, day: $0.day)
    }
    var bearers = PersonResolver(
      offices: offices, abbreviations: abbreviations, posts: posts
    ).bearers(
      occurrences, positions, isShareable: offices.isShareable(name.canonical))
    let splits = try snapshot.rulings(.person, of: name.canonical).filter { $0.verb == .split }
    for (_, rulings) in Dictionary(grouping: splits, by: { $0.entity })
      .sorted(by: { ($0.value.first?.id ?? 0) < ($1.value.first?.id ?? 0) })
    {
      bearers = Self.split(bearers, away: Set(rulings.compactMap { $0.other?.article }))
    }
    groups[name.id] = bearers
    return bearers
  }

  /// Takes the articles out of all bearers and makes one of them.
  private static func split(
    _ bearers: [PersonResolver.Bearer], away articles: Set<ArticleID>
  ) -> [PersonResolver.Bearer] {
    let all = bearers.reduce(into: Set()) { $0.formUnion($1.articles) }
    let taken = articles.intersection(all)
    guard let anchor = taken.min() else { return bearers }
    var rest = bearers.compactMap { bearer -> PersonResolver.Bearer? in
      var bearer = bearer
      bearer.articles.subtract(taken)
      bearer.positions.removeAll { taken.contains($0.article) }
      guard let first = bearer.articles.min() else { return nil }
      bearer.anchor = first
      return bearer
    }
    rest.append(
      PersonResolver.Bearer(
        anchor: anchor, articles: taken,
        positions: bearers.flatMap(\.positions).filter { taken.contains($0.article) }))
    return PersonResolver.ordered(rest)
  }
}
