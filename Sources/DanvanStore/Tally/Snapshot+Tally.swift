internal import DanvanModel
internal import DanvanSQLite

extension Snapshot {
  /// Counts the articles of a range of ids.
  func tally(of ids: ClosedRange<Int64>) throws -> Tally {
    var tally = Tally()
    try countArticles(ids, &tally)
    try countFacts(ids, &tally)
    try countReaders(ids, &tally)
    return tally
  }

  private func countArticles(_ ids: ClosedRange<Int64>, _ tally: inout Tally) throws {
    let select = try SQLStatement(
      db,
      """
      SELECT day, title IS NOT NULL, url IS NOT NULL, coalesce(source, publisher), published,
        date_basis, text_count
      FROM article WHERE id BETWEEN ?1 AND ?2
      """)
    select.bind(1, ids.lowerBound)
    select.bind(2, ids.upperBound)
    defer { select.reset() }
    while try select.step() {
      tally.articles += 1
      tally.textBytes += Int(select.integer(6))
      var traits: [Tally.Trait] = []
      if select.integer(1) != 0 { traits.append(.headline) }
      if select.integer(2) != 0 { traits.append(.url) }
      let source = select.text(3) ?? ""
      tally.sources[source, default: 0] += 1
      if !source.isEmpty { traits.append(.source) }
      if !select.isNull(0), let date = PartialDate(dayNumber: Int32(clamping: select.integer(0))) {
        tally.months[date.year * 12 + (date.month ?? 1) - 1, default: 0] += 1
        traits.append(.day)
        let isGiven = select.text(4).flatMap { PartialDate($0) }?.isWhole ?? false
        if isGiven || select.text(5).map({ $0 != "event" }) ?? false { traits.append(.statedDay) }
      } else {
        tally.undated += 1
      }
      for trait in traits { tally.traits[trait, default: 0] += 1 }
    }
  }

  private func countFacts(_ ids: ClosedRange<Int64>, _ tally: inout Tally) throws {
    let select = try SQLStatement(
      db, "SELECT facts, \(Seal.fact.holds) FROM fact WHERE article BETWEEN ?1 AND ?2")
    select.bind(1, ids.lowerBound)
    select.bind(2, ids.upperBound)
    defer { select.reset() }
    let newest = try Int64.fetchOne(db, sql: "SELECT max(id) FROM rule") ?? 0
    var rules = [Int](repeating: 0, count: Int(newest) + 1)
    while try select.step() {
      var kinds = [Int](repeating: 0, count: 64)
      var found: [Int] = []
      let isRead = select.withBlob(0) { bytes in
        FactBlob.forEachRow(in: bytes) { kind, rule in
          kinds[Int(kind & 63)] += 1
          found.append(Int(rule))
        }
      }
      // Damaged; `check` names it. What is said of many must not fail for one.
      guard isRead, select.integer(1) != 0, found.allSatisfy(rules.indices.contains) else {
        tally.unreadable += 1
        continue
      }
      for rule in found { rules[rule] += 1 }
      tally.add(
        kinds: Dictionary(
          uniqueKeysWithValues: kinds.enumerated().filter { $0.element > 0 }
            .map { (Int64($0.offset), $0.element) }))
    }
    for (rule, count) in rules.enumerated() where count > 0 {
      tally.rules[Int64(rule), default: 0] += count
    }
  }

  private func countReaders(_ ids: ClosedRange<Int64>, _ tally: inout Tally) throws {
    let select = try SQLStatement(
      db,
      """
      SELECT media_type, reader, count(*) FROM original
      WHERE article BETWEEN ?1 AND ?2 AND revision =
        (SELECT max(revision) FROM original AS other WHERE other.article = original.article)
      GROUP BY media_type, reader
      """)
    select.bind(1, ids.lowerBound)
    select.bind(2, ids.upperBound)
    defer { select.reset() }
    while try select.step() {
      let reader = Tally.Reader(
        mediaType: select.text(0) ?? "", version: Int(select.integer(1)))
      tally.readers[reader, default: 0] += Int(select.integer(2))
    }
  }

  /// Facts by the id of their rule; a rule that was kept with several confidences counts as one.
  func hits(_ tally: Tally) throws -> [String: Int] {
    let select = try SQLStatement(db, "SELECT id, name FROM rule")
    defer { select.reset() }
    var hits: [String: Int] = [:]
    while try select.step() {
      guard let count = tally.rules[select.integer(0)] else { continue }
      hits[select.text(1) ?? "", default: 0] += count
    }
    return hits
  }
}
