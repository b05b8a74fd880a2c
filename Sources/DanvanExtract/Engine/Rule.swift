/// One entry of a rule file: what is found, how surely, and the examples that prove it.
public struct Rule: Sendable, Hashable {
  /// Unique in the rule set: the kind, a dot, a name (`time.part-and-date`).
  public let id: String
  /// The rule file's name without `.json5`.
  public let kind: String
  public let note: String
  /// Token patterns, any of which may match; none for a rule whose logic is in Swift.
  public let match: [String]
  /// The name of the normaliser that turns the captures into a value.
  public let value: String?
  /// 0 to 1: how often a finding of this rule is right.
  public let confidence: Double
  /// Sentences with the expected spans marked, `{TIME=2021-03-26TAF:Chiều 26-3}`.
  public let examples: [String]
  /// Sentences in which the rule must find nothing.
  public let rejects: [String]
  /// Path below the rule set's directory.
  public let file: String
}

extension Rule {
  /// An entry as the JSON5 file writes it: a rule, or a fragment of patterns that rules share.
  struct Written: Decodable {
    let id: String?
    let fragment: String?
    let note: String?
    let match: Patterns?
    let value: String?
    let confidence: Double?
    let examples: [String]?
    let rejects: [String]?
  }

  /// One pattern or a list of them.
  struct Patterns: Decodable {
    let list: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let one = try? container.decode(String.self) {
        list = [one]
      } else {
        list = try container.decode([String].self)
      }
    }
  }

  init(_ written: Written, kind: String, file: String) {
    self.init(
      id: written.id ?? "", kind: kind, note: written.note ?? "",
      match: written.match?.list ?? [], value: written.value,
      confidence: written.confidence ?? -1, examples: written.examples ?? [],
      rejects: written.rejects ?? [], file: file)
  }
}
