internal import DanvanModel
internal import DanvanSQLite
internal import Synchronization

extension Snapshot {
  /// Counts everything that matches by each of the facets, exactly; `limit` values of each.
  public func facets(
    _ wanted: [SearchFacet], of query: StoreQuery, limit: Int
  ) throws -> [FacetCount] {
    guard !wanted.isEmpty, let last = try lastArticle() else {
      return wanted.map { FacetCount(facet: $0, values: [], distinct: 0) }
    }
    let matches = try evaluate(query, in: 1...last)
    let named = Set(wanted.compactMap { NamedFacet($0) })
    let counts = try namedCounts(named, matches)
    var found: [NamedFacet: (top: [(hash: UInt64, count: Int)], distinct: Int)] = [:]
    let tops = counts.top(limit)
    for facet in named { found[facet] = tops[Int(facet.rawValue)] }
    let names = try written(
      Set(
        found.flatMap { facet, found in found.top.map { FacetCounts.key(facet.rawValue, $0.hash) } }
      ),
      matches)
    return try wanted.map { facet in
      switch facet {
      case .year, .month: return dates(facet, matches, limit)
      case .language: return languages(matches, limit)
      case .tag: return try tags(matches, limit)
      default:
        guard let name = NamedFacet(facet), let found = found[name] else {
          return FacetCount(facet: facet, values: [], distinct: 0)
        }
        return FacetCount(
          facet: facet,
          values: found.top.compactMap { hash, count in
            names[FacetCounts.key(name.rawValue, hash)].map { ($0, count) }
          },
          distinct: found.distinct)
      }
    }
  }

  private func namedCounts(
    _ wanted: Set<NamedFacet>, _ matches: ArticleSet
  ) throws -> FacetCounts {
    var counts = FacetCounts(expecting: wanted.isEmpty ? 0 : 4 * matches.count)
    guard !wanted.isEmpty else { return counts }
    let isWanted: UInt64 = wanted.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    try forEachBlock(of: matches, newestFirst: false) { _, places, bytes in
      FacetGroups.forEachValue(in: bytes, facets: isWanted, of: places) { _, facet, hash in
        counts.add(FacetCounts.key(facet, hash))
      }
      return true
    }
    return counts
  }

  /// Calls `body` with the blocks that hold matches, until it returns false: the id of a block's first article, a
  /// bit for each match in it, and its values as `FacetGroups` has them.
  private func forEachBlock(
    of matches: ArticleSet, newestFirst: Bool,
    _ body: (Int64, UInt64, UnsafeBufferPointer<UInt8>) throws -> Bool
  ) throws {
    let known = store.facetMemory.blocks
    var read: [(number: Int, bytes: [UInt8])] = []
    let select = try SQLStatement(db, "SELECT names FROM facet_block WHERE block = ?1")
    defer { select.reset() }
    let count = matches.words.count
    for step in 0..<count {
      let index = newestFirst ? count - 1 - step : step
      let places = matches.words[index]
      guard places != 0 else { continue }
      let base = matches.base + Int64(index) << 6
      let number = Int(FacetBlock.number(of: base))
      let bytes: [UInt8]
      if known.indices.contains(number), let block = known[number] {
        bytes = block
      } else {
        select.bind(1, Int64(number))
        bytes = FacetGroups(try select.step() ? select.blob(0) : []).bytes
        select.reset()
        // Of the last block articles may be to come.
        if base + 63 <= matches.range.upperBound { read.append((number, bytes)) }
      }
      guard try bytes.withUnsafeBufferPointer({ try body(base, places, $0) }) else { break }
    }
    if !read.isEmpty { store.facetMemory.keep(read) { isCurrent } }
  }

  /// Whether what is in memory is of this snapshot's time.
  private var isCurrent: Bool { store.matchSets.generation == generation }

  /// Each of the values as the newest match that holds it writes it.
  private func written(_ keys: Set<UInt64>, _ matches: ArticleSet) throws -> [UInt64: String] {
    var missing = keys
    var names: [UInt64: String] = [:]
    // Most values are none of those: told by their lowest bits.
    var marks = [UInt64](repeating: 0, count: 64)
    var isWanted: UInt64 = 0
    for key in keys {
      marks[Int(key >> 6 & 63)] |= 1 << (key & 63)
      isWanted |= 1 << (key >> 40)
    }
    try forEachBlock(of: matches, newestFirst: true) { base, places, bytes in
      guard !missing.isEmpty else { return false }
      var holders: [UInt64: UInt8] = [:]
      FacetGroups.forEachValue(in: bytes, facets: isWanted, of: places) { place, facet, hash in
        guard marks[Int(hash >> 6 & 63)] & 1 << (hash & 63) != 0 else { return }
        let key = FacetCounts.key(facet, hash)
        if missing.contains(key) { holders[key] = max(holders[key] ?? 0, place) }
      }
      for (place, held) in Dictionary(grouping: holders, by: \.value) {
        let found = try self.names(of: held.map(\.key), in: base + Int64(place))
        names.merge(found) { _, new in new }
        missing.subtract(found.keys)
      }
      return true
    }
    return names
  }

  /// How an article writes values; without those that it has no more, and none where it is damaged.
  private func names(of keys: [UInt64], in article: Int64) throws -> [UInt64: String] {
    var names: [UInt64: String] = [:]
    for key in keys {
      names[key] = store.facetMemory.name(FacetMemory.Name(article: article, key: key))
    }
    guard names.count < keys.count, let stored = try readable(ArticleID(article)) else {
      return names
    }
    let found = FacetNames(publisher: stored.header.publisher, facts: stored.facts ?? Facts())
    for (facet, hash, written) in found.hashes(store.tokenizer) {
      let key = FacetCounts.key(facet.rawValue, hash)
      guard keys.contains(key) else { continue }
      names[key] = written
      store.facetMemory.keep(written, for: FacetMemory.Name(article: article, key: key)) {
        isCurrent
      }
    }
    return names
  }

  private func readable(_ id: ArticleID) throws -> StoredArticle? {
    do {
      return try article(id, parts: .facts, verifying: false)
    } catch let error as DanvanError where error.code == .dataLoss {
      return nil
    }
  }

  private func dates(_ facet: SearchFacet, _ matches: ArticleSet, _ limit: Int) -> FacetCount {
    var perDay: [Int32: Int] = [:]
    store.days.withLock { days in
      matches.forEachDescending { id in
        if let day = days.day(id), day != ArticleDays.undated { perDay[day, default: 0] += 1 }
        return true
      }
    }
    var counts: [PartialDate: Int] = [:]
    for (day, count) in perDay {
      guard let date = PartialDate(dayNumber: day),
        let period = PartialDate(year: date.year, month: facet == .month ? date.month : nil)
      else { continue }
      counts[period, default: 0] += count
    }
    // The newest ones, in the calendar's order.
    let kept = counts.keys.sorted().suffix(limit)
    return FacetCount(
      facet: facet, values: kept.map { ($0.description, counts[$0] ?? 0) }, distinct: counts.count)
  }

  private func languages(_ matches: ArticleSet, _ limit: Int) -> FacetCount {
    let values = store.days.withLock { days in
      Language.allCases.map { language in
        var set = days.articles(in: matches.range, writtenIn: language)
        set.formIntersection(matches)
        return (value: language.rawValue, articles: set.count)
      }
    }.filter { $0.articles > 0 }.sorted { $0.articles > $1.articles }
    return FacetCount(
      facet: .language, values: Array(values.prefix(limit)), distinct: values.count)
  }

  private func tags(_ matches: ArticleSet, _ limit: Int) throws -> FacetCount {
    var counts: [Int64: Int] = [:]
    let select = try SQLStatement(db, "SELECT tag, article FROM article_tag")
    defer { select.reset() }
    while try select.step() {
      if matches.contains(select.integer(1)) { counts[select.integer(0), default: 0] += 1 }
    }
    let names = try db.rows("SELECT id, name FROM tag") {
      (id: $0.integer(0), name: $0.text(1) ?? "")
    }
    let values = names.compactMap { tag in counts[tag.id].map { (tag.name, $0) } }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    return FacetCount(facet: .tag, values: Array(values.prefix(limit)), distinct: values.count)
  }
}
