public import DanvanModel
import DanvanText

/// Finds the facts of an article: a pure function of the rule set and the article.
///
/// Makes no use of the clock or of files, and never fails on any text.
public struct Extractor: Sendable {
  private let version: String
  private let layoutCues: LayoutCues
  private let timeTagger: TimeTagger
  private let nameTagger: NameTagger
  private let timeResolver: TimeResolver
  private let sourceTagger: SourceTagger
  private let instrumentTagger: InstrumentTagger
  private let campaignTagger: CampaignTagger
  private let eventTagger: EventTagger
  private let speechTagger: SpeechTagger

  /// Throws `DanvanError` where the rule set lacks a rule or lexicon that a phase asks for, or a
  /// rule's pattern cannot be read.
  public init(_ rules: RuleSet) throws {
    version = rules.version
    layoutCues = try LayoutCues(rules)
    timeTagger = try TimeTagger(rules)
    nameTagger = try NameTagger(rules)
    timeResolver = try TimeResolver(rules)
    sourceTagger = try SourceTagger(rules)
    instrumentTagger = try InstrumentTagger(rules)
    campaignTagger = try CampaignTagger(rules)
    eventTagger = try EventTagger(rules)
    speechTagger = try SpeechTagger(rules)
  }

  /// The whole of extraction, each phase made of what came before it. `trace` is told what was
  /// given up.
  public func facts(in article: Article, trace: Trace? = nil) -> Facts {
    let scan = Scan(article, cues: layoutCues, trace: trace)
    let expressions = timeTagger.mentions(in: scan)
    let names = nameTagger.mentions(in: scan, times: expressions)
    let (date, times) = timeResolver.resolve(expressions, in: scan)
    let source = sourceTagger.source(in: scan, times: times)
    let instruments = instrumentTagger.instruments(in: scan, names: names, times: times)
    let campaigns = campaignTagger.campaigns(in: scan)
    let events = eventTagger.events(in: scan, names: names, times: times, date: date)
    let (statements, directives) = speechTagger.speech(in: scan, names: names, times: times)

    var facts = Facts()
    facts.date = date
    facts.source = source
    facts.mentions = (names.map { $0.mention(in: scan) } + times.map { $0.mention(in: scan) })
      .sorted { $0.range < $1.range }
    facts.events = events
    facts.statements = statements
    facts.directives = directives
    facts.instruments = instruments
    facts.campaigns = campaigns
    facts.ruleSet = version
    return facts
  }
}
