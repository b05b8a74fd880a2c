internal import DanvanMessages
internal import DanvanModel
internal import DanvanService

extension Danvan_V1_Correction {
  init(_ item: CorrectionItem) {
    self.init(item.correction)
    state = item.state.rawValue
  }

  /// Without its state.
  init(_ correction: Correction) {
    self.init()
    id = correction.id
    articleID = correction.article.value
    if let fact = correction.wrong { wrong = Danvan_V1_ArticleFacts(Facts(only: fact)) }
    if let fact = correction.right { right = Danvan_V1_ArticleFacts(Facts(only: fact)) }
    why = correction.why
    who = correction.who
    uid = correction.uid
    time = Timestamp(nanoseconds: correction.time).exact
    start = UInt32(clamping: correction.anchor.range.start)
    end = UInt32(clamping: correction.anchor.range.end)
    words = correction.anchor.words
    before = correction.anchor.before
    after = correction.anchor.after
  }

  /// Without what is of the store that it comes from: numbers and state.
  init(exchanged correction: Correction) {
    self.init(correction)
    (id, articleID) = (0, 0)
  }
}

extension Correction {
  /// One that comes from another store. Throws `invalidArgument` for what is none.
  init(_ message: Danvan_V1_Correction, on article: ArticleID) throws(DanvanError) {
    let anchor = TextAnchor(
      range: TextRange(Int(message.start), max(Int(message.start), Int(message.end))),
      words: message.words, before: message.before, after: message.after)
    guard !anchor.range.isEmpty, anchor.range.count == anchor.words.utf8.count,
      (1...200).contains(message.who.utf8.count), message.hasWrong || message.hasRight
    else { throw .invalid("a correction without words, facts or who said so") }
    guard message.why.utf8.count <= 4_000 else {
      throw .invalid("a reason has at most 4,000 bytes")
    }
    self.init(
      article: article, anchor: anchor,
      wrong: try message.hasWrong ? Fact(message.wrong, in: anchor) : nil,
      right: try message.hasRight ? Fact(message.right, in: anchor) : nil, why: message.why,
      who: message.who, uid: message.uid, time: try moment(message.time))
  }
}

extension Fact {
  /// The one fact of the message. Throws `invalidArgument` where there is none, several, or one of other bytes.
  fileprivate init(_ message: Danvan_V1_ArticleFacts, in anchor: TextAnchor) throws(DanvanError) {
    let range = anchor.range
    var facts: [Fact?] = message.mentions.map { Mention($0).map(Fact.mention) }
    facts += message.events.map { Event($0).map(Fact.event) }
    facts += message.statements.map { Statement($0).map(Fact.statement) }
    facts += message.directives.map { .directive(Directive($0)) }
    facts += message.instruments.map { .instrument(NamedThing($0)) }
    facts += message.campaigns.map { .campaign(NamedThing($0)) }
    guard facts.count == 1, let fact = facts[0], range.contains(fact.range), !fact.range.isEmpty
    else { throw .invalid("a correction is of one fact at each side, within its words") }
    if case .mention(let mention) = fact {
      let place = Array(anchor.words.utf8)
      let (start, end) = (fact.range.start - range.start, fact.range.end - range.start)
      guard place[start..<end].elementsEqual(mention.text.utf8) else {
        throw .invalid("a correction's fact has other words than stand at its bytes")
      }
    }
    self = fact
  }
}

extension TextRange {
  /// Nothing where the message's range is none.
  fileprivate init(of start: UInt32, _ end: UInt32) {
    self.init(Int(start), max(Int(start), Int(end)))
  }
}

extension Evidence {
  fileprivate init(_ message: Danvan_V1_Evidence) {
    self.init(rule: message.rule, confidence: message.confidence)
  }
}

extension Mention {
  fileprivate init?(_ message: Danvan_V1_Mention) {
    guard let kind = Kind(rawValue: message.type) else { return nil }
    self.init(
      kind, TextRange(of: message.start, message.end), text: message.text,
      value: message.hasValue ? message.value : nil, basis: message.hasBasis ? message.basis : nil,
      name: message.hasName ? message.name : nil, holder: message.hasHolder ? message.holder : nil,
      evidence: Evidence(message.evidence))
  }
}

extension Event {
  fileprivate init?(_ message: Danvan_V1_Event) {
    guard let kind = Kind(rawValue: message.type), let status = Status(rawValue: message.status)
    else { return nil }
    self.init(
      kind, TextRange(of: message.start, message.end), name: message.name, status: status,
      when: message.hasWhen ? message.when : nil, place: message.hasPlace ? message.place : nil,
      chairs: message.chairs, attendees: message.attendees, evidence: Evidence(message.evidence))
  }
}

extension Statement {
  fileprivate init?(_ message: Danvan_V1_Statement) {
    guard let kind = Kind(rawValue: message.kind) else { return nil }
    self.init(
      kind, TextRange(of: message.start, message.end), content: message.content,
      speaker: message.speaker, cue: message.hasCue ? message.cue : nil,
      isContinuation: message.continuation, evidence: Evidence(message.evidence))
  }
}

extension Directive {
  fileprivate init(_ message: Danvan_V1_Directive) {
    self.init(
      TextRange(of: message.start, message.end), action: message.action, issuer: message.issuer,
      verb: message.hasVerb ? message.verb : nil,
      addressee: message.hasAddressee ? message.addressee : nil,
      time: message.hasTime ? message.time : nil, evidence: Evidence(message.evidence))
  }
}

extension NamedThing {
  fileprivate init(_ message: Danvan_V1_NamedThing) {
    self.init(
      TextRange(of: message.start, message.end), text: message.text,
      evidence: Evidence(message.evidence))
  }
}
