internal import DanvanMessages
internal import DanvanModel
internal import SwiftProtobuf

extension Danvan_V1_ArticleFacts {
  init(_ facts: Facts) {
    self.init()
    if let found = facts.date {
      date = found.date.description
      dateBasis = found.basis
    }
    if let found = facts.source { source = found }
    if let found = facts.language { language = found.rawValue }
    mentions = facts.mentions.map(Danvan_V1_Mention.init)
    events = facts.events.map(Danvan_V1_Event.init)
    statements = facts.statements.map(Danvan_V1_Statement.init)
    directives = facts.directives.map(Danvan_V1_Directive.init)
    instruments = facts.instruments.map(Danvan_V1_NamedThing.init)
    campaigns = facts.campaigns.map(Danvan_V1_NamedThing.init)
    topics = facts.topics.map(Danvan_V1_Topic.init)
    keyPhrases = facts.keyPhrases.map(Danvan_V1_NamedThing.init)
    positions = facts.positions.map { Danvan_V1_Position($0, date: facts.date) }
    ruleSet = facts.ruleSet
  }
}

extension Danvan_V1_Word {
  init(_ range: TextRange) {
    self.init()
    start = UInt32(clamping: range.start)
    end = UInt32(clamping: range.end)
  }
}

extension Danvan_V1_Mention {
  init(_ mention: Mention) {
    self.init()
    type = mention.kind.rawValue
    start = UInt32(clamping: mention.range.start)
    end = UInt32(clamping: mention.range.end)
    text = mention.text
    if let found = mention.value { value = found }
    if let found = mention.basis { basis = found }
    if let found = mention.name { name = found }
    if let found = mention.holder { holder = found }
    evidence = Danvan_V1_Evidence(mention.evidence)
  }
}

extension Danvan_V1_Event {
  init(_ event: Event) {
    self.init()
    type = event.kind.rawValue
    start = UInt32(clamping: event.range.start)
    end = UInt32(clamping: event.range.end)
    name = event.name
    status = event.status.rawValue
    if let found = event.when { when = found }
    if let found = event.place { place = found }
    chairs = event.chairs
    attendees = event.attendees
    evidence = Danvan_V1_Evidence(event.evidence)
  }
}

extension Danvan_V1_Statement {
  init(_ statement: Statement) {
    self.init()
    kind = statement.kind.rawValue
    start = UInt32(clamping: statement.range.start)
    end = UInt32(clamping: statement.range.end)
    content = statement.content
    speaker = statement.speaker
    if let found = statement.cue { cue = found }
    continuation = statement.isContinuation
    evidence = Danvan_V1_Evidence(statement.evidence)
  }
}

extension Danvan_V1_Directive {
  init(_ directive: Directive) {
    self.init()
    start = UInt32(clamping: directive.range.start)
    end = UInt32(clamping: directive.range.end)
    action = directive.action
    issuer = directive.issuer
    if let found = directive.verb { verb = found }
    if let found = directive.addressee { addressee = found }
    if let found = directive.time { time = found }
    evidence = Danvan_V1_Evidence(directive.evidence)
  }
}

extension Danvan_V1_NamedThing {
  init(_ thing: NamedThing) {
    self.init()
    start = UInt32(clamping: thing.range.start)
    end = UInt32(clamping: thing.range.end)
    text = thing.text
    evidence = Danvan_V1_Evidence(thing.evidence)
  }
}

extension Danvan_V1_Topic {
  init(_ topic: Topic) {
    self.init()
    start = UInt32(clamping: topic.range.start)
    end = UInt32(clamping: topic.range.end)
    name = topic.name
    count = UInt32(clamping: topic.count)
    evidence = Danvan_V1_Evidence(topic.evidence)
  }
}

extension Danvan_V1_Position {
  init(_ position: Position, date day: DocumentDate?) {
    self.init()
    start = UInt32(clamping: position.range.start)
    end = UInt32(clamping: position.range.end)
    person = position.person
    role = position.role
    if let found = position.body { body = found }
    if let day { date = day.date.description }
    evidence = Danvan_V1_Evidence(position.evidence)
  }
}

extension Danvan_V1_Evidence {
  init(_ evidence: Evidence) {
    self.init()
    rule = evidence.rule
    confidence = evidence.confidence
    if let who = evidence.by { by = who }
  }
}
