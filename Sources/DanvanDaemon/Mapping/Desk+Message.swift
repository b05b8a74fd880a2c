internal import DanvanMessages
internal import DanvanModel
internal import DanvanService
internal import SwiftProtobuf

extension Danvan_V1_Source {
  init(_ source: FactSource) {
    self.init()
    articleID = source.article.value
    date = source.day?.description ?? ""
    title = source.title ?? ""
    outlet = source.outlet ?? ""
    start = UInt32(clamping: source.range.start)
    end = UInt32(clamping: source.range.end)
    sentence = source.sentence
    evidence = Danvan_V1_Evidence(source.evidence)
  }
}

extension Danvan_V1_Tenure {
  init(_ tenure: Tenure) {
    self.init()
    role = tenure.role
    if let body = tenure.body { self.body = body }
    first = tenure.first?.description ?? ""
    last = tenure.last?.description ?? ""
    articles = UInt32(clamping: tenure.articles)
    sources = tenure.sources.map(Danvan_V1_Source.init)
    gaps = tenure.gaps.map { gap in
      .with {
        $0.first = gap.first.description
        $0.last = gap.last.description
      }
    }
    if let holder = tenure.holder { self.holder = Danvan_V1_EntityName(holder) }
  }
}

extension Danvan_V1_Incumbent {
  init(_ incumbent: Incumbent) {
    self.init()
    title = incumbent.title.text
    start = UInt32(clamping: incumbent.title.range.start)
    end = UInt32(clamping: incumbent.title.range.end)
    post = incumbent.post
    entity = incumbent.person.reference
    name = incumbent.person.name
    date = incumbent.day.description
    sources = incumbent.sources.map { source in
      .with {
        $0.articleID = source.article.value
        $0.date = source.day?.description ?? ""
        $0.start = UInt32(clamping: source.range.start)
        $0.end = UInt32(clamping: source.range.end)
      }
    }
    articles = UInt32(clamping: incumbent.articles)
  }
}

extension Danvan_V1_EntityName {
  init(_ summary: EntitySummary) {
    self.init()
    entity = summary.reference
    name = summary.name
    knownAs = summary.knownAs
    articles = UInt32(clamping: summary.articles)
  }
}

extension Danvan_V1_DirectiveItem {
  init(_ item: DirectiveItem) {
    self.init()
    id = item.id
    issuer = item.fact.issuer
    verb = item.fact.verb ?? ""
    if let addressee = item.fact.addressee { self.addressee = addressee }
    action = item.fact.action
    if let time = item.fact.time { self.time = time }
    if let event = item.event { self.event = event }
    source = Danvan_V1_Source(item.source)
    state = Danvan_V1_DirectiveState(item.state)
    if let found = item.incumbent { incumbent = Danvan_V1_Incumbent(found) }
  }
}

extension Danvan_V1_DirectiveState {
  init(_ state: DirectiveState) {
    self.init()
    status = state.status
    if let due = state.due { self.due = due }
    if let owner = state.owner { self.owner = owner }
    if let note = state.note { self.note = note }
    changed = state.changed.map { Timestamp(nanoseconds: $0).description } ?? ""
  }
}

extension Danvan_V1_StatementItem {
  init(_ item: StatementItem) {
    self.init()
    speaker = item.fact.speaker
    if let cue = item.fact.cue { self.cue = cue }
    kind = item.fact.kind.rawValue
    content = item.fact.content
    source = Danvan_V1_Source(item.source)
    if let found = item.incumbent { incumbent = Danvan_V1_Incumbent(found) }
  }
}

extension Danvan_V1_Meeting {
  init(_ meeting: Meeting) {
    self.init()
    type = meeting.kind.rawValue
    name = meeting.name
    status = meeting.status.rawValue
    date = meeting.day?.description ?? ""
    if let when = meeting.when { self.when = when }
    if let place = meeting.place { self.place = place }
    chairs = meeting.chairs
    attendees = meeting.attendees
    sources = meeting.sources.map(Danvan_V1_Source.init)
    incumbents = meeting.incumbents.map(Danvan_V1_Incumbent.init)
  }
}

extension Danvan_V1_PersonTotals {
  init(_ totals: DeskTotals) {
    self.init()
    articles = UInt32(clamping: totals.articles)
    events = UInt32(clamping: totals.events)
    statements = UInt32(clamping: totals.statements)
    given = UInt32(clamping: totals.given)
    received = UInt32(clamping: totals.received)
  }
}
