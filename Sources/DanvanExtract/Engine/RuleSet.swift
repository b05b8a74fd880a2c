import DanvanModel
import DanvanText

/// The rules and lexicons of one language, read from a directory.
///
/// The directory holds `VERSION`, `lexicon/*.tsv`, `gazetteer/*.tsv`, `rules/*.json5` and
/// `words/*.tsv`; an overlay, laid out in the same way, adds to them and takes from them. Loaded
/// once; reads no file afterwards.
public struct RuleSet: Sendable {
  /// The text of `VERSION`, `+`, and eight hexadecimal digits of a hash over all files' contents;
  /// then the same for the overlay where there is one. It changes whenever any rule or word does.
  public let version: String
  /// In the order of the files' names, then of the entries.
  public let rules: [Rule]
  /// Sentences on what of the overlay had no effect, each with its file and, where one is meant, line.
  public let notes: [String]
  private let lexicons: [String: Lexicon]
  private let segmenter: WordSegmenter?
  private let rulesByID: [String: Int]
  private let fragments: [String: [String: [String]]]
  private let overlaidFragments: [FragmentPlace]

  /// Throws `DanvanError` naming the file, the line and the rule at fault.
  public init(directory: String, overlay: String? = nil) throws {
    let files = try RuleFiles(directory: directory, overlay: overlay)
    version = "\(try files.version())+\(files.fingerprint())"
    var notes = files.strangers.map { "\($0): is not read: no list or rule file of the set" }
    lexicons = try files.lexicons(notes: &notes)
    segmenter = try WordSegmenter(files.tables(in: ["words"], notes: &notes))
    let written = try WrittenRules(files)
    rules = written.rules
    fragments = written.fragments
    overlaidFragments = written.overlaidFragments
    self.notes = notes + written.notes
    rulesByID = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
  }

  /// The rule with that id, or nil.
  public func rule(_ id: String) -> Rule? { rulesByID[id].map { rules[$0] } }

  /// The rules of one file, `rules/<kind>.json5`, in its order, without those switched off.
  func rules(of kind: String) -> [Rule] { rules.filter { $0.kind == kind && !$0.isOff } }

  /// The ids of the rules that an overlay has switched off.
  var off: Set<String> { Set(rules.lazy.filter(\.isOff).map(\.id)) }

  /// The pattern fragments of one file, by name.
  func fragments(of kind: String) -> [String: [String]] { fragments[kind] ?? [:] }

  /// Those of them that an overlay wrote.
  func overlaidFragments(of kind: String) -> [FragmentPlace] {
    overlaidFragments.filter { $0.kind == kind }
  }

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

  /// What cuts sentences into words. Throws `failedPrecondition` where the set has no `words/list.tsv`
  /// and `words/weights.tsv`.
  func wordSegmenter() throws -> WordSegmenter {
    guard let segmenter else {
      throw DanvanError(
        .failedPrecondition, "the rule set has no words/list.tsv and words/weights.tsv")
    }
    return segmenter
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
