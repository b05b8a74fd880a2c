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
    let named = try namedCounts(Set(wanted.compactMap { NamedFacet($0) }), matches)
    return try wanted.map { facet in
      switch facet {
      case .year, .month: return dates(facet, matches, limit)
      case .language: return languages(matches, limit)
      case .tag: return try tags(matches, limit)
      default:
        guard let name = NamedFacet(facet) else {
          return FacetCount(facet: facet, values: [], distinct: 0)
        }
        return try written(facet, name, named.top(limit, of: name.rawValue), matches)
      }
    }
  }

  private func namedCounts(
    _ wanted: Set<NamedFacet>, _ matches: ArticleSet
  ) throws -> FacetCounts {
    var counts = FacetCounts()
    guard !wanted.isEmpty else { return counts }
    let isWanted = (0...UInt8.max).map { number in wanted.contains { $0.rawValue == number } }
    let select = try SQLStatement(db, "SELECT block, names FROM facet_block ORDER BY block")
    defer { select.reset() }
    while try select.step() {
      let base = select.integer(0) << 6
      let places = matches.places(from: base)
      guard places != 0 else { continue }
      select.withBlob(1) { bytes in
        FacetBlock.forEachValue(in: bytes, of: { places & (1 << UInt64($0 & 63)) != 0 }) {
          if isWanted[Int($0)] { counts.add(FacetCounts.key($0, $1)) }
        }
      }
    }
    return counts
  }

  /// The most frequent values, each as the newest article that holds it writes it.
  private func written(
    _ facet: SearchFacet, _ name: NamedFacet,
    _ found: (top: [(hash: UInt64, count: Int)], distinct: Int), _ matches: ArticleSet
  ) throws -> FacetCount {
    var missing = Set(found.top.map(\.hash))
    var names: [UInt64: String] = [:]
    let select = try SQLStatement(db, "SELECT block, names FROM facet_block ORDER BY block DESC")
    defer { select.reset() }
    while !missing.isEmpty, try select.step() {
      let base = select.integer(0) << 6
      let places = matches.places(from: base)
      guard places != 0 else { continue }
      var holders: [UInt64: UInt8] = [:]
      select.withBlob(1) { bytes in
        for place in 0..<UInt8(64) where places & (1 << UInt64(place)) != 0 {
          FacetBlock.forEachValue(in: bytes, of: { $0 == place }) { number, hash in
            if number == name.rawValue, missing.contains(hash) { holders[hash] = place }
          }
        }
      }
      for (hash, place) in holders where missing.contains(hash) {
        guard
          let article = try article(
            ArticleID(base + Int64(place)), parts: .facts, verifying: false)
        else { continue }
        let found = FacetNames(publisher: article.header.publisher, facts: article.facts ?? Facts())
        for (facet, hash, written) in found.hashes(store.tokenizer)
        where facet == name && missing.remove(hash) != nil {
          names[hash] = written
        }
      }
    }
    return FacetCount(
      facet: facet,
      values: found.top.compactMap { hash, count in names[hash].map { ($0, count) } },
      distinct: found.distinct)
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
