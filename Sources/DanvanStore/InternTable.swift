internal import DanvanModel
internal import DanvanSQLite

/// Rules and rule sets by number, so that a fact's row need not repeat their names.
///
/// Belongs to the committing connection. Numbers given in a transaction that failed are forgotten.
struct InternTable {
  private var rules: [Evidence: Int64] = [:]
  private var ruleSets: [String: Int64] = [:]

  mutating func number(of evidence: Evidence, on db: Database) throws -> Int64 {
    if let number = rules[evidence] { return number }
    let insert = try SQLStatement(
      db,
      """
      \(Seal.rule.insertion())
      ON CONFLICT DO UPDATE SET name = name RETURNING id
      """)
    insert.bind(1, evidence.rule)
    insert.bind(2, real: evidence.confidence)
    insert.bind(3, evidence.by ?? "")
    let number = try Self.returned(insert)
    rules[evidence] = number
    return number
  }

  mutating func number(ofRuleSet version: String, on db: Database) throws -> Int64 {
    if let number = ruleSets[version] { return number }
    let insert = try SQLStatement(
      db,
      """
      \(Seal.ruleSet.insertion())
      ON CONFLICT DO UPDATE SET version = version RETURNING id
      """)
    insert.bind(1, version)
    let number = try Self.returned(insert)
    ruleSets[version] = number
    return number
  }

  mutating func forget() { self = InternTable() }

  private static func returned(_ insert: SQLStatement) throws -> Int64 {
    guard try insert.step() else {
      throw DanvanError(.internalError, "the store gave no number for a rule")
    }
    let number = insert.integer(0)
    // To the end, so that the statement's work is done.
    while try insert.step() {}
    insert.reset()
    return number
  }
}
