internal import DanvanSQLite
internal import DanvanZlib

/// The checksum that a row carries over its own columns, so that what changed on the disk is told from what was
/// written: a CRC-32, which notices each single flipped bit and all but one in four thousand million of
/// other changes.
///
/// Who changes a column of a sealed row renews its seal in the same transaction.
struct Seal: Sendable {
  let table: String
  /// What is sealed; `body` and `seal` are not, for the body has checksums of its own.
  let columns: [String]
  /// A condition: the row is as it was written.
  let holds: String

  private init(table: String, columns: [String]) {
    self.table = table
    self.columns = columns
    let list = columns.map { "\(table).\($0)" }.joined(separator: ", ")
    holds = "\(table).seal IS danvan_seal(\(list))"
  }

  static let article = Seal(
    table: "article",
    columns: [
      "identity", "sha256", "day", "sequence", "ingested", "rule_set", "title", "url", "publisher",
      "published", "date", "date_basis", "source", "text_count", "id", "fact_count", "revision",
      "revised", "language",
    ])
  static let revision = Seal(
    table: "revision",
    columns: [
      "article", "number", "identity", "sha256", "sequence", "title", "publisher", "published",
      "text_count", "revised",
    ])
  static let fact = Seal(table: "fact", columns: ["article", "facts"])
  static let original = Seal(
    table: "original",
    columns: [
      "article", "revision", "media_type", "reader", "author", "given", "reading", "count",
    ])
  static let event = Seal(
    table: "event", columns: ["sequence", "kind", "article", "time", "commit_number"])
  static let rule = Seal(table: "rule", columns: ["name", "confidence", "said_by"])
  static let ruleSet = Seal(table: "rule_set", columns: ["version"])

  /// A statement that seals rows as they are; a condition may follow.
  var renewal: String { "UPDATE \(table) SET seal = danvan_seal(\(list { $0 }))" }

  /// A statement that writes a sealed row: its parameters are the columns in their order, then `others`.
  func insertion(_ others: String..., verb: String = "INSERT") -> String {
    let parameters = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    let rest = others.enumerated().map { "?\(columns.count + $0.offset + 1), " }.joined()
    return """
      \(verb) INTO \(table) (\(list { $0 }), \(others.map { "\($0), " }.joined())seal)
      VALUES (\(parameters), \(rest)danvan_seal(\(parameters)))
      """
  }

  private func list(_ name: (String) -> String) -> String {
    columns.map(name).joined(separator: ", ")
  }

  /// `danvan_seal(…)`: the checksum of its arguments, their types and lengths among them.
  static func addFunction(to db: Database) throws {
    try db.addFunction(
      "danvan_seal", argumentCount: -1,
      giving: { arguments in
        var checksum = CRC32()
        arguments.forEachPiece { checksum.add($0.bindMemory(to: UInt8.self)) }
        return Int64(checksum.value)
      })
  }
}
