internal import DanvanModel
internal import DanvanStore

/// Makes a timeline of what articles say of posts.
struct Tenures {
  let offices: Offices
  let abbreviations: Abbreviations
  let posts: [Int64: KnownPost]
  let shelf: ArticleShelf

  private struct Run {
    var post: KnownPost
    var terms: [Substring]
    var positions: [KnownPosition]

    var days: [Int32] { Tenures.believable(positions).compactMap(\.day) }
  }

  /// One tenure for each post, the newest first; those without a day at the end. Degrees and ranks are
  /// no posts, and who is called a former holder does not hold it.
  ///
  /// A wording that leaves something out (`Chủ tịch` beside `Chủ tịch Quốc hội`) counts with the full
  /// one whose time is nearest.
  func timeline(_ positions: [KnownPosition]) throws -> [Tenure] {
    let runs = runs(positions).sorted { a, b in
      let (left, right) = (a.days.max() ?? .min, b.days.max() ?? .min)
      return left != right
        ? left > right
        : (b.positions.count, a.post.canonical) < (a.positions.count, b.post.canonical)
    }
    return try runs.map(tenure)
  }

  private func runs(_ positions: [KnownPosition]) -> [Run] {
    var byPost: [[Substring]: Run] = [:]
    for position in positions {
      guard let post = posts[position.post], !offices.isCredential(post.canonical),
        !offices.isFormer(post.canonical)
      else { continue }
      let terms = abbreviations.expanded(post.canonical)
      byPost[terms, default: Run(post: post, terms: terms, positions: [])].positions.append(
        position)
    }
    let ordered = byPost.values.sorted {
      ($1.terms.count, $0.post.canonical) < ($0.terms.count, $1.post.canonical)
    }
    var full: [Run] = []
    for run in ordered {
      let hosts = full.indices.filter { isShort(run.terms, of: full[$0].terms) }
      if let host = hosts.min(by: { distance(run, full[$0]) < distance(run, full[$1]) }) {
        full[host].positions += run.positions
      } else {
        full.append(run)
      }
    }
    return full
  }

  /// Whether all terms stand in the longer wording, in their order, its first one first.
  private func isShort(_ short: [Substring], of long: [Substring]) -> Bool {
    guard short.count < long.count, short.first == long.first else { return false }
    var rest = long[...]
    for term in short {
      guard let place = rest.firstIndex(of: term) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }

  private func distance(_ a: Run, _ b: Run) -> Int32 {
    guard let day = a.days.first else { return 0 }
    return b.days.map { abs($0 - day) }.min() ?? .max
  }

  private func tenure(_ run: Run) throws -> Tenure {
    let ordered = run.positions.sorted {
      ($0.day ?? .min, $0.article.value) < ($1.day ?? .min, $1.article.value)
    }
    let dated = Self.believable(ordered)
    let ends = dated.isEmpty ? Array(ordered.prefix(1)) : [dated[0], dated[dated.count - 1]]
    var sources = try ends.compactMap { try shelf.position($0) }
    if sources.count > 1, sources[0].article == sources[1].article { sources.removeLast() }
    let days = dated.compactMap(\.day)
    return Tenure(
      role: run.post.role, body: run.post.body,
      first: days.first.flatMap { PartialDate(dayNumber: $0) },
      last: days.last.flatMap { PartialDate(dayNumber: $0) },
      articles: Set(ordered.map(\.article)).count,
      sources: sources,
      gaps: zip(days, days.dropFirst()).compactMap { a, b in
        guard b - a > Self.yearOfDays, let first = PartialDate(dayNumber: a + 1),
          let last = PartialDate(dayNumber: b - 1)
        else { return nil }
        return (first, last)
      })
  }

  /// Those with a day. A day that an article does not state itself may be of something long past that it
  /// tells of: such count only near to stated ones, where there are any.
  fileprivate static func believable(_ positions: [KnownPosition]) -> [KnownPosition] {
    let firm = positions.filter(\.isFirm).compactMap(\.day)
    guard let first = firm.min(), let last = firm.max() else {
      return positions.filter { $0.day != nil }
    }
    let span = first - yearOfDays...last + yearOfDays
    return positions.filter { position in position.day.map(span.contains) ?? false }
  }

  private static let yearOfDays: Int32 = 366
}

extension Abbreviations {
  /// The terms of a canonical form with abbreviations written out.
  func expanded(_ canonical: String) -> [Substring] {
    let terms = canonical.split(separator: " ")
    let bytes = terms.map { Array($0.utf8) }
    var expanded: [Substring] = []
    var place = 0
    while place < terms.count {
      if let long = longForm(in: bytes, at: place) {
        expanded += long.terms.map { Substring(String(decoding: $0, as: UTF8.self)) }
        place += long.count
      } else {
        expanded.append(terms[place])
        place += 1
      }
    }
    return expanded
  }

  /// The wording and all that read so once abbreviations are written out, at most two abbreviations in each.
  func forms(of terms: [String]) -> [[String]] {
    var forms: Set<[String]> = [terms]
    for _ in 1...2 { forms.formUnion(forms.flatMap(shortForms)) }
    return forms.filter { expanded($0.joined(separator: " ")).map(String.init) == terms }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The wording with each abbreviation that it could be written with.
  func shortForms(of terms: [String]) -> [[String]] {
    var forms: [[String]] = []
    let bytes = terms.map { Array($0.utf8) }
    for start in terms.indices {
      guard let match = match(in: bytes, at: start) else { continue }
      for other in match.others where other.count < match.count {
        let short = other.map { String(decoding: $0, as: UTF8.self) }
        forms.append(Array(terms[..<start]) + short + Array(terms[(start + match.count)...]))
      }
    }
    return forms
  }
}
