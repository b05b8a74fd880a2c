public import DanvanModel
import DanvanText

/// Finds the facts of an article: a pure function of the rule set and the article.
///
/// Makes no use of the clock or of files, and never fails on any text.
public struct Extractor: Sendable {
  private let version: String
  /// Rules that an overlay has switched off.
  private let off: Set<String>
  private let layoutCues: LayoutCues
  private let timeTagger: TimeTagger
  private let nameTagger: NameTagger
  private let timeResolver: TimeResolver
  private let sourceTagger: SourceTagger
  private let languageFinder: LanguageFinder
  private let instrumentTagger: InstrumentTagger
  private let campaignTagger: CampaignTagger
  private let eventTagger: EventTagger
  private let speechTagger: SpeechTagger
  private let topicTagger: TopicTagger
  private let keyPhraseFinder: KeyPhraseFinder
  private let bodyResolver: BodyResolver
  private let positionFinder: PositionFinder

  /// Throws `DanvanError` where the rule set lacks a rule or lexicon that a phase asks for, or a
  /// rule's pattern cannot be read, or an example that an overlay brings fails.
  public init(_ rules: RuleSet) throws {
    version = rules.version
    off = rules.off
    layoutCues = try LayoutCues(rules)
    timeTagger = try TimeTagger(rules)
    nameTagger = try NameTagger(rules)
    timeResolver = try TimeResolver(rules)
    sourceTagger = try SourceTagger(rules)
    languageFinder = try LanguageFinder(rules)
    instrumentTagger = try InstrumentTagger(rules)
    campaignTagger = try CampaignTagger(rules)
    eventTagger = try EventTagger(rules)
    speechTagger = try SpeechTagger(rules)
    topicTagger = try TopicTagger(rules)
    keyPhraseFinder = try KeyPhraseFinder(rules)
    bodyResolver = try BodyResolver(rules)
    positionFinder = try PositionFinder(rules)
    for rule in rules.rules where rule.mustProveItself && !rule.isOff {
      try rule.prove(by: self)
    }
  }

  /// The facts; `trace` is told what was given up.
  public func facts(in article: Article, trace: Trace? = nil) -> Facts {
    facts(in: article, trace: trace) {}
  }

  /// The whole of extraction, each phase made of what came before it. `check` is called before each
  /// phase, and what it throws ends the work.
  public func facts(in article: Article, trace: Trace? = nil, check: () throws -> Void)
    rethrows -> Facts
  {
    try check()
    let scan = Scan(article, cues: layoutCues, trace: trace)
    try check()
    let expressions = timeTagger.mentions(in: scan)
    try check()
    let names = on(nameTagger.mentions(in: scan, times: expressions), \.evidence)
    try check()
    let (date, times) = timeResolver.resolve(expressions, in: scan)
    let source = sourceTagger.source(in: scan, times: times)
    let instruments = on(
      instrumentTagger.instruments(in: scan, names: names, times: times), \.evidence)
    let campaigns = on(campaignTagger.campaigns(in: scan), \.evidence)
    try check()
    let events = on(
      eventTagger.events(in: scan, names: names, times: times, date: date), \.evidence)
    try check()
    let (statements, directives) = speechTagger.speech(in: scan, names: names, times: times)
    try check()
    let bodies = bodyResolver.fullNames(of: names, in: scan)
    let positions = positionFinder.positions(of: names, bodies: bodies, in: scan)
    let topics = topicTagger.topics(in: scan)
    let terms = topics.flatMap(\.cues) + names.filter { $0.kind == .organization }.map(\.tokens)
    let keyPhrases = keyPhraseFinder.phrases(in: scan, terms: terms)

    var facts = Facts()
    facts.date = date
    facts.source = source
    facts.language = languageFinder.language(of: scan)
    facts.mentions = names.map { $0.mention(in: scan, body: bodies[$0.tokens.lowerBound]) }
    facts.mentions += times.map { $0.mention(in: scan) }
    facts.mentions.sort { $0.range < $1.range }
    facts.events = events
    facts.statements = on(statements, \.evidence)
    facts.directives = on(directives, \.evidence)
    facts.instruments = instruments
    facts.campaigns = campaigns
    facts.topics = on(topics.map { topicTagger.topic($0, in: scan) }, \.evidence)
    facts.keyPhrases = on(keyPhrases, \.evidence)
    facts.positions = on(positions, \.evidence)
    facts.ruleSet = version
    return facts
  }

  /// Where the sentences of an article begin and end, in order; other pieces of a page, such as a date
  /// line or a caption, are among them.
  public func sentences(in article: Article) -> [TextRange] {
    let scan = Scan(article, cues: layoutCues)
    return scan.sentences.map { scan.range($0.tokens) }
  }

  /// Those whose rule is not switched off.
  private func on<Found>(_ found: [Found], _ evidence: KeyPath<Found, Evidence>) -> [Found] {
    off.isEmpty ? found : found.filter { !off.contains($0[keyPath: evidence].rule) }
  }
}
