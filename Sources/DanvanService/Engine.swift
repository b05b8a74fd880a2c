internal import DanvanExtract
internal import DanvanIngest
internal import DanvanModel

/// A rule set ready for use: what reads articles by it, and what queries take from it. Replaced as a
/// whole.
final class Engine: Sendable {
  typealias Extract = @Sendable (Article, Trace?, () throws -> Void) throws -> Facts

  let version: String
  let abbreviations: Abbreviations
  let reader: Reader
  /// Nil in tests whose facts are invented.
  let rules: RuleSet?
  private let extract: Extract

  /// Throws `DanvanError` where the rule set lacks what a phase asks for.
  convenience init(_ rules: RuleSet) throws {
    let extractor = try Extractor(rules)
    try self.init(
      version: rules.version, abbreviations: Abbreviations(rules, tokenizer: SyllableTokenizer()),
      reader: Reader(cues: PageCues(rules)), rules: rules
    ) { article, trace, check in try extractor.facts(in: article, trace: trace, check: check) }
  }

  init(
    version: String, abbreviations: Abbreviations, reader: Reader = Reader(),
    rules: RuleSet? = nil, extract: @escaping Extract
  ) {
    self.version = version
    self.abbreviations = abbreviations
    self.reader = reader
    self.rules = rules
    self.extract = extract
  }

  /// What the article says. What `check` throws, called between the phases, ends the work.
  func facts(in article: Article, trace: Trace? = nil, check: () throws -> Void = {}) throws
    -> Facts
  {
    try extract(article, trace, check)
  }
}
