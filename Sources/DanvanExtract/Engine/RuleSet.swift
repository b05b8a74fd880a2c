import DanvanModel

/// The rules and lexicons of one language, read from a directory.
///
/// The directory holds `VERSION`, `lexicon/*.tsv`, `gazetteer/*.tsv` and `rules/*.json5`. Loaded
/// once; reads no file afterwards.
public struct RuleSet: Sendable {
  /// The text of `VERSION`, `+`, and eight hexadecimal digits of a hash over all files' contents:
  /// it changes whenever any rule or word does.
  public let version: String
  /// In the order of the files' names, then of the entries.
  public let rules: [Rule]
  private let lexicons: [String: Lexicon]
  private let rulesByID: [String: Int]
  private let fragments: [String: [String: [String]]]

  /// Throws `DanvanError` naming the file and the line or rule id at fault.
  public init(directory: String) throws {
    let files = try RuleFiles(directory: directory)
    version = "\(try files.version())+\(files.fingerprint())"
    lexicons = try files.lexicons()
    (rules, fragments) = try files.rules()
    var byID: [String: Int] = [:]
    for (number, rule) in rules.enumerated() {
      if let earlier = byID.updateValue(number, forKey: rule.id) {
        throw DanvanError.invalid(
          "\(rule.file): rule '\(rule.id)' is also in \(rules[earlier].file)")
      }
    }
    rulesByID = byID
  }

  /// The rule with that id, or nil.
  public func rule(_ id: String) -> Rule? { rulesByID[id].map { rules[$0] } }

  /// The rules of one file, `rules/<kind>.json5`, in its order.
  func rules(of kind: String) -> [Rule] { rules.filter { $0.kind == kind } }

  /// The pattern fragments of one file, by name.
  func fragments(of kind: String) -> [String: [String]] { fragments[kind] ?? [:] }

  /// The lexicon or gazetteer of that name (the file's name without `.tsv`).
  ///
  /// Throws `failedPrecondition` where there is none: phases ask for theirs when they are made.
  func lexicon(_ name: String) throws -> Lexicon {
    guard let lexicon = lexicons[name] else {
      throw DanvanError(
        .failedPrecondition, "the rule set has no lexicon/\(name).tsv or gazetteer/\(name).tsv")
    }
    return lexicon
  }

  /// What to put on a fact found by the rule. Throws `failedPrecondition` for an unknown id: phases
  /// ask when they are made, and keep the answer.
  func evidence(_ id: String) throws -> Evidence {
    guard let rule = rule(id) else {
      throw DanvanError(.failedPrecondition, "the rule set has no rule '\(id)'")
    }
    return Evidence(rule: id, confidence: rule.confidence)
  }
}
