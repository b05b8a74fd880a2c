/// The offices of an article whose holders are known, and what a title alone means by them.
struct TitleAnchors {
  /// A title's words: whole, from its role on (without `nguyên`, `cựu`, `tân`), and the role alone.
  struct Words {
    let full: [UInt64]
    let bare: [UInt64]
    let role: [UInt64]
    /// It names a body, so what follows the role is not just a place.
    let hasBody: Bool
  }

  /// One wording and where it stands, with its holder there.
  private struct Group {
    let words: Words
    var uses: [(place: Int, holder: Int)]
  }
  private var groups: [Group] = []
  private var byFull: [[UInt64]: Int] = [:]
  /// Groups by the first syllable of the role.
  private var byRoleStart: [UInt64: [Int]] = [:]
  private var holdersOfRole: [[UInt64]: Set<Int>] = [:]
  /// No report names so many different offices that begin alike; more would cost time for nothing.
  private static let mostGroups = 400

  /// Anchors must be added in the order of the text.
  mutating func add(_ words: Words, at place: Int, holder: Int) {
    holdersOfRole[words.role, default: []].insert(holder)
    if let group = byFull[words.full] {
      groups[group].uses.append((place, holder))
      return
    }
    guard let start = words.bare.first, byRoleStart[start]?.count ?? 0 < Self.mostGroups else {
      return
    }
    byFull[words.full] = groups.count
    byRoleStart[start, default: []].append(groups.count)
    groups.append(Group(words: words, uses: [(place, holder)]))
  }

  /// The holder of the same title, or of one that begins with it, elsewhere in the article: where it
  /// stands last before the place, else first after. Nil where the article does not tell.
  func holder(of title: Words, at place: Int) -> Int? {
    let near = (title.bare.first.flatMap { byRoleStart[$0] } ?? []).map { groups[$0] }
    guard !near.isEmpty else { return nil }
    // A bare `Chủ tịch` elsewhere names this chairman only where the article knows no other.
    let isOnlyOne = holdersOfRole[title.role]?.count == 1
    let home = title.hasBody ? [] : title.bare.dropFirst(title.role.count)
    let tests: [(Words) -> Bool] = [
      { $0.full == title.full },
      { $0.full.starts(with: title.full) },
      { $0.bare == title.bare },
      { $0.bare.starts(with: title.bare) },
      { title.bare.starts(with: $0.full) && ($0.full.count >= 3 || isOnlyOne) },
    ]
    for test in tests {
      let fitting = near.filter { test($0.words) }
      if let use = Self.nearest(fitting, to: place) { return use }
    }
    // `Bí thư Yên Bái` after `Bí thư Tỉnh ủy Yên Bái`, `Chủ tịch TP` after `Chủ tịch UBND TP`: where
    // the article knows one such.
    guard !home.isEmpty else { return nil }
    let neighbours = near.filter {
      $0.words.role == title.role && $0.words.bare.suffix(home.count) == home
    }
    let holders = Set(neighbours.flatMap(\.uses).map(\.holder))
    return holders.count == 1 ? holders.first : nil
  }

  private static func nearest(_ groups: [Group], to place: Int) -> Int? {
    var before: (place: Int, holder: Int)?
    var after: (place: Int, holder: Int)?
    for group in groups {
      var low = 0
      var high = group.uses.count
      while low < high {
        let middle = (low + high) / 2
        if group.uses[middle].place < place { low = middle + 1 } else { high = middle }
      }
      if low > 0, group.uses[low - 1].place > before?.place ?? -1 { before = group.uses[low - 1] }
      if let first = group.uses.first, first.place < after?.place ?? Int.max { after = first }
    }
    return (before ?? after)?.holder
  }
}
