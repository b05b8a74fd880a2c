import DanvanModel

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
  /// Path below the rule set's directory; whole for a rule that an overlay adds or changes.
  public let file: String
  /// Where its entry begins in the file, counted from 1.
  public let line: Int
  /// Switched off by an overlay: it finds nothing.
  public internal(set) var isOff = false
  /// An overlay wrote its examples or rejects: they are run when the rule set is taken into use.
  var mustProveItself = false
}

extension Rule {
  /// An entry as the JSON5 file writes it: a rule, or a fragment of patterns that rules share.
  struct Written: Decodable {
    let id: String?
    /// The id of a rule that an overlay switches off.
    let off: String?
    let fragment: String?
    let note: String?
    let match: Patterns?
    let value: String?
    let confidence: Double?
    let examples: [String]?
    let rejects: [String]?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case id, off, fragment, note, match, value, confidence, examples, rejects
    }
  }

  /// An entry all of whose keys are known.
  struct StrictlyWritten: Decodable {
    let written: Written

    init(from decoder: any Decoder) throws {
      let known = Written.CodingKeys.allCases.map(\.rawValue)
      let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
      if let key = keys.first(where: { !known.contains($0) }) {
        let hint = nearestName(to: key, among: known).map { "; did you mean '\($0)'?" } ?? ""
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "unknown key '\(key)'\(hint)"))
      }
      written = try Written(from: decoder)
    }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
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
      guard !list.isEmpty else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no pattern")
      }
    }
  }

  init(_ written: Written, kind: String, _ source: (file: String, line: Int)) {
    self.init(
      id: written.id ?? "", kind: kind, note: written.note ?? "",
      match: written.match?.list ?? [], value: written.value,
      confidence: written.confidence ?? Self.noConfidence, examples: written.examples ?? [],
      rejects: written.rejects ?? [], file: source.file, line: source.line)
  }

  /// Where an entry has none.
  private static let noConfidence = -1.0

  /// This rule with what an overlay's entry says in place of its own.
  func changed(by written: Written, _ source: (file: String, line: Int)) -> Rule {
    Rule(
      id: id, kind: kind, note: written.note ?? note, match: written.match?.list ?? match,
      value: written.value ?? value, confidence: written.confidence ?? confidence,
      examples: written.examples ?? examples, rejects: written.rejects ?? rejects,
      file: source.file, line: source.line)
  }

  /// What keeps it from being a rule, nil where nothing does.
  var fault: String? {
    if id.isEmpty {
      "a rule has no id"
    } else if confidence == Self.noConfidence {
      "rule '\(id)' has no `confidence`"
    } else if !(0...1).contains(confidence) {
      "rule '\(id)' has the confidence \(confidence), not one between 0 and 1"
    } else if examples.isEmpty {
      "rule '\(id)' has no example"
    } else if !match.isEmpty && value == nil {
      "rule '\(id)' has patterns but no `value`"
    } else {
      nil
    }
  }
}
