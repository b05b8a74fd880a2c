import DanvanModel
import DanvanStore
import Testing

@testable import DanvanService

/// A watch finds what a search finds, whatever is asked for.
@Suite struct WatchMeaningTests {
  private static let words = [
    "dân", "vận", "khéo", "Hòa", "hoà", "hội", "nghị", "HĐND", "tỉnh", "đoàn", "an", "mây", "ngàn",
  ]

  /// Live watchers, which are told by terms what is not for them, see what a watch from the start
  /// and a search see.
  @Test(arguments: 0..<12)
  func randomQueriesMeanTheSame(seed: UInt64) throws {
    var chance = Chance(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    let test = try TestDesk()
    let subscription = test.desk.onCommit { _ in }
    defer { subscription.cancel() }
    for _ in 0..<10 { try test.ingest(text(&chance)) }
    let queries = (0..<30).map { _ in query(&chance, depth: 2) }
    var live = try queries.map { _ in (cursor: try head(test), seen: Set<Int64>()) }
    let before = live[0].cursor.sequence
    for _ in 0..<15 {
      try test.ingest(text(&chance))
      if chance.next(4) == 0 { try test.ingest(text(&chance), text(&chance)) }
      for index in live.indices {
        let batch = try test.desk.events(
          from: .after(live[index].cursor), query: queries[index], limit: 100)
        live[index].cursor = batch.next
        live[index].seen.formUnion(batch.events.map(\.event.article.value))
      }
    }
    for (index, query) in queries.enumerated() {
      let all = try test.desk.events(from: .start, query: query, limit: 1_000)
      let watched = Set(all.events.map(\.event.article.value))
      let late = all.events.filter { $0.cursor.sequence > before }.map(\.event.article.value)
      #expect(live[index].seen == Set(late), "\(query)")
      let found = try test.desk.search(SearchRequest(query: query, limit: 1_000, marks: .automatic))
      if found.notes.contains(where: { $0.hasPrefix("nothing has these marks") }) { continue }
      #expect(watched == Set(found.hits.map(\.article.id.value)), "\(query)")
    }
  }

  private func head(_ test: TestDesk) throws -> Cursor {
    try test.desk.events(from: .now, query: "", limit: 1).next
  }

  private func text(_ chance: inout Chance) -> String {
    let count = 3 + chance.next(6)
    let words = (0..<count).map { _ in Self.words[chance.next(Self.words.count)] }
    return words.joined(separator: " ") + " số \(chance.next(1_000_000))"
  }

  private func query(_ chance: inout Chance, depth: Int) -> String {
    let word = Self.words[chance.next(Self.words.count)]
    let other = Self.words[chance.next(Self.words.count)]
    guard depth > 0 else { return word }
    switch chance.next(9) {
    case 0: return "\(query(&chance, depth: depth - 1)) \(query(&chance, depth: depth - 1))"
    case 1: return "(\(query(&chance, depth: depth - 1)) OR \(query(&chance, depth: depth - 1)))"
    case 2: return "-\(word) \(other)"
    case 3: return "\"\(word) \(other)\""
    case 4: return "\(word.prefix(1))*"
    case 5: return "-(\(query(&chance, depth: depth - 1)))"
    case 6: return String(word.unicodeScalars.filter(\.isASCII).map(Character.init)) + " \(other)"
    case 7: return "headline:\(word) OR \(other)"
    default: return word
    }
  }
}

/// Xorshift: the same numbers in every run.
private struct Chance {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
