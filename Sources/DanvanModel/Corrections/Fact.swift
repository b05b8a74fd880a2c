/// One fact of those kinds that a person can correct; topics, key phrases and positions follow from others.
public enum Fact: Sendable, Hashable {
  case mention(Mention)
  case event(Event)
  case statement(Statement)
  case directive(Directive)
  case instrument(NamedThing)
  case campaign(NamedThing)

  /// As lists name it: PERSON, TITLE, …, EVENT, STATEMENT, DIRECTIVE, INSTRUMENT, CAMPAIGN.
  public var kind: String {
    switch self {
    case .mention(let fact): fact.kind.rawValue
    case .event: "EVENT"
    case .statement: "STATEMENT"
    case .directive: "DIRECTIVE"
    case .instrument: "INSTRUMENT"
    case .campaign: "CAMPAIGN"
    }
  }

  /// All names that `kind` can be.
  public static let kinds =
    Mention.Kind.allCases.map(\.rawValue) + [
      "EVENT", "STATEMENT", "DIRECTIVE", "INSTRUMENT", "CAMPAIGN",
    ]

  /// UTF-8 bytes of the article's stored text.
  public var range: TextRange {
    switch self {
    case .mention(let fact): fact.range
    case .event(let fact): fact.range
    case .statement(let fact): fact.range
    case .directive(let fact): fact.range
    case .instrument(let fact), .campaign(let fact): fact.range
    }
  }

  /// What stands at its range, as the article writes it.
  public var words: String {
    switch self {
    case .mention(let fact): fact.text
    case .event(let fact): fact.name
    case .statement(let fact): fact.content
    case .directive(let fact): fact.action
    case .instrument(let fact), .campaign(let fact): fact.text
    }
  }

  public var evidence: Evidence {
    switch self {
    case .mention(let fact): fact.evidence
    case .event(let fact): fact.evidence
    case .statement(let fact): fact.evidence
    case .directive(let fact): fact.evidence
    case .instrument(let fact), .campaign(let fact): fact.evidence
    }
  }

  /// The person or body by whom one of several facts at one place is told: speaker or issuer.
  var agent: String? {
    switch self {
    case .statement(let fact): fact.speaker
    case .directive(let fact): fact.issuer
    case .mention, .event, .instrument, .campaign: nil
    }
  }

  /// The same at other bytes, with the words that stand there, as found by `evidence`.
  public func placed(at range: TextRange, words: String, by evidence: Evidence) -> Fact {
    switch self {
    case .mention(var fact):
      (fact.range, fact.text, fact.evidence) = (range, words, evidence)
      return .mention(fact)
    case .event(var fact):
      (fact.range, fact.name, fact.evidence) = (range, words, evidence)
      return .event(fact)
    case .statement(var fact):
      (fact.range, fact.content, fact.evidence) = (range, words, evidence)
      return .statement(fact)
    case .directive(var fact):
      (fact.range, fact.action, fact.evidence) = (range, words, evidence)
      return .directive(fact)
    case .instrument: return .instrument(NamedThing(range, text: words, evidence: evidence))
    case .campaign: return .campaign(NamedThing(range, text: words, evidence: evidence))
    }
  }
}

extension Facts {
  /// The facts that can be corrected, kind by kind.
  public var correctable: [Fact] {
    mentions.map(Fact.mention) + events.map(Fact.event) + statements.map(Fact.statement)
      + directives.map(Fact.directive) + instruments.map(Fact.instrument)
      + campaigns.map(Fact.campaign)
  }

  /// Only this fact.
  public init(only fact: Fact) {
    self.init()
    insert(fact)
  }

  /// Puts a fact where the order of its kind has it: that of the text.
  mutating func insert(_ fact: Fact) {
    func place<Item>(_ item: Item, in items: inout [Item], _ range: KeyPath<Item, TextRange>) {
      let at = items.firstIndex { item[keyPath: range] < $0[keyPath: range] } ?? items.endIndex
      items.insert(item, at: at)
    }
    switch fact {
    case .mention(let fact): place(fact, in: &mentions, \.range)
    case .event(let fact): place(fact, in: &events, \.range)
    case .statement(let fact): place(fact, in: &statements, \.range)
    case .directive(let fact): place(fact, in: &directives, \.range)
    case .instrument(let fact): place(fact, in: &instruments, \.range)
    case .campaign(let fact): place(fact, in: &campaigns, \.range)
    }
  }

  mutating func remove(_ fact: Fact) {
    func drop<Item: Equatable>(_ item: Item, from items: inout [Item]) {
      if let place = items.firstIndex(of: item) { items.remove(at: place) }
    }
    switch fact {
    case .mention(let fact): drop(fact, from: &mentions)
    case .event(let fact): drop(fact, from: &events)
    case .statement(let fact): drop(fact, from: &statements)
    case .directive(let fact): drop(fact, from: &directives)
    case .instrument(let fact): drop(fact, from: &instruments)
    case .campaign(let fact): drop(fact, from: &campaigns)
    }
  }
}
