internal import DanvanMessages
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf

extension Danvan_V1_StatsResponse {
  init(_ stats: StoreStats) {
    self.init()
    let tally = stats.tally
    articles = UInt64(clamping: tally.articles)
    facts = UInt64(clamping: tally.facts)
    textBytes = UInt64(clamping: tally.textBytes)
    databaseBytes = UInt64(clamping: stats.status.databaseBytes)
    walBytes = UInt64(clamping: stats.status.walBytes)
    sources = tally.sources.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Danvan_V1_NamedCount($0.key, $0.value) }
    months = tally.months.sorted { $0.key < $1.key }.map { month, articles in
      .with {
        $0.month = Self.name(ofMonth: month)
        $0.articles = UInt32(clamping: articles)
      }
    }
    undated = UInt64(clamping: tally.undated)
    unreadable = UInt64(clamping: tally.unreadable)
    readers = tally.readers
      .sorted { ($0.key.mediaType, $0.key.version) < ($1.key.mediaType, $1.key.version) }
      .map { reader, articles in
        .with {
          $0.mediaType = reader.mediaType
          $0.version = UInt32(clamping: reader.version)
          $0.articles = UInt64(clamping: articles)
        }
      }
    kinds = tally.factsByKind.map { Danvan_V1_NamedCount($0.name, $0.facts) }
    coverage =
      Tally.Trait.allCases.map { Danvan_V1_NamedCount($0.rawValue, tally.traits[$0] ?? 0) }
      + tally.factsByKind.map { Danvan_V1_NamedCount($0.name, $0.articles) }
    rules = stats.rules.map { Danvan_V1_NamedCount($0.id, $0.hits) }
  }

  /// `2021-03`
  private static func name(ofMonth month: Int) -> String {
    let (year, number) = (month / 12, month % 12 + 1)
    let zeros = String(repeating: "0", count: max(0, 4 - String(year).utf8.count))
    return "\(zeros)\(year)-\(number < 10 ? "0" : "")\(number)"
  }
}

extension Danvan_V1_NamedCount {
  init(_ name: String, _ count: Int) {
    self.init()
    self.name = name
    self.count = UInt64(clamping: count)
  }
}
