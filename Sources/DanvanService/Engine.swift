internal import DanvanExtract
internal import DanvanIngest
internal import DanvanModel

/// A rule set ready for use: what reads articles by it, and what queries take from it. Replaced as a
/// whole.
final class Engine: Sendable {
  typealias Extract = @Sendable (Article, Trace?, () throws -> Void) throws -> Facts

  let version: String
  /// For queries.
  let abbreviations: Abbreviations
  /// For the wordings of posts and bodies.
  let postAbbreviations: Abbreviations
  let reader: Reader
  let offices: Offices
  let stories: StoryModel
  /// Nil in tests whose facts are invented.
  let rules: RuleSet?
  private let meter: WorkMeter
  private let extract: Extract
  private let cutSentences: @Sendable (Article) -> [TextRange]

  /// Throws `DanvanError` where the rule set lacks what a phase asks for.
  convenience init(_ rules: RuleSet, meter: WorkMeter) throws {
    let extractor = try Extractor(rules)
    try self.init(
      version: rules.version, abbreviations: Abbreviations(rules, tokenizer: SyllableTokenizer()),
      postAbbreviations: .ofPosts(rules, tokenizer: SyllableTokenizer()),
      reader: Reader(cues: PageCues(rules)), offices: Offices(rules), stories: StoryModel(rules),
      rules: rules, meter: meter,
      cutSentences: { extractor.sentences(in: $0) },
      extract: { try extractor.facts(in: $0, trace: $1, check: $2) })
  }

  init(
    version: String, abbreviations: Abbreviations, postAbbreviations: Abbreviations? = nil,
    reader: Reader = Reader(),
    offices: Offices = Offices(), stories: StoryModel = StoryModel(), rules: RuleSet? = nil,
    meter: WorkMeter = WorkMeter(),
    cutSentences: @escaping @Sendable (Article) -> [TextRange] = { _ in [] },
    extract: @escaping Extract
  ) {
    self.version = version
    self.abbreviations = abbreviations
    self.postAbbreviations = postAbbreviations ?? abbreviations
    self.reader = reader
    self.offices = offices
    self.stories = stories
    self.rules = rules
    self.meter = meter
    self.extract = extract
    self.cutSentences = cutSentences
  }

  /// Where the article's sentences begin and end, in order.
  func sentences(in article: Article) -> [TextRange] { cutSentences(article) }

  /// What the article says. What `check` throws, called between the phases, ends the work.
  func facts(in article: Article, trace: Trace? = nil, check: () throws -> Void = {}) throws
    -> Facts
  {
    try meter.timeExtraction(ofBytes: article.text.utf8.count) {
      try extract(article, trace, check)
    }
  }
}

extension Engine {
  /// The wording by which a post is known, abbreviations written out.
  func postKey(_ canonical: String) -> String {
    postAbbreviations.expanded(canonical).joined(separator: " ")
  }
}
