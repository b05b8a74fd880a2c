internal import DanvanModel

/// One row of the fact table: the columns that every kind of fact shares.
struct FactRow {
  var kind: FactKind
  var range: TextRange
  var evidence: Evidence
  var text: String
  var agent: String?
  var value: String?
  var more = FactAttributes()
}

/// The numbers of the `kind` column; never reused.
enum FactKind: Int64 {
  case person = 1
  case title = 2
  case organization = 3
  case location = 4
  case time = 5
  case event = 10
  case statement = 11
  case directive = 12
  case instrument = 20
  case campaign = 21
  case topic = 22
  case keyPhrase = 23
  case position = 24
}

extension Facts {
  /// The facts as rows, in the order in which they are numbered.
  var rows: [FactRow] {
    mentions.map(\.row) + events.map(\.row) + statements.map(\.row) + directives.map(\.row)
      + instruments.map { $0.row(.instrument) } + campaigns.map { $0.row(.campaign) }
      + topics.map(\.row) + keyPhrases.map { $0.row(.keyPhrase) } + positions.map(\.row)
  }

  /// Takes a row back in. Returns false for one whose values no fact can have.
  mutating func append(_ row: FactRow) -> Bool {
    switch row.kind {
    case .person, .title, .organization, .location, .time:
      guard let mention = Mention(row) else { return false }
      mentions.append(mention)
    case .event:
      guard let event = Event(row) else { return false }
      events.append(event)
    case .statement:
      guard let statement = Statement(row) else { return false }
      statements.append(statement)
    case .directive:
      guard let directive = Directive(row) else { return false }
      directives.append(directive)
    case .instrument:
      instruments.append(NamedThing(row.range, text: row.text, evidence: row.evidence))
    case .campaign:
      campaigns.append(NamedThing(row.range, text: row.text, evidence: row.evidence))
    case .topic:
      guard let count = row.value.flatMap({ Int($0) }) else { return false }
      topics.append(Topic(row.range, name: row.text, count: count, evidence: row.evidence))
    case .keyPhrase:
      keyPhrases.append(NamedThing(row.range, text: row.text, evidence: row.evidence))
    case .position:
      guard let person = row.agent else { return false }
      positions.append(
        Position(
          row.range, person: person, role: row.text, body: row.value, evidence: row.evidence))
    }
    return true
  }
}

extension Mention {
  fileprivate var row: FactRow {
    let kind: FactKind =
      switch self.kind {
      case .person: .person
      case .title: .title
      case .organization: .organization
      case .location: .location
      case .time: .time
      }
    // A mention has a name or a holder, never both: which, its kind tells.
    return FactRow(
      kind: kind, range: range, evidence: evidence, text: text,
      agent: kind == .title ? holder : name, value: value, more: FactAttributes(basis: basis))
  }

  fileprivate init?(_ row: FactRow) {
    let kind: Kind
    switch row.kind {
    case .person: kind = .person
    case .title: kind = .title
    case .organization: kind = .organization
    case .location: kind = .location
    case .time: kind = .time
    default: return nil
    }
    self.init(
      kind, row.range, text: row.text, value: row.value, basis: row.more.basis,
      name: kind == .title ? nil : row.agent, holder: kind == .title ? row.agent : nil,
      evidence: row.evidence)
  }
}

extension Event {
  fileprivate var row: FactRow {
    FactRow(
      kind: .event, range: range, evidence: evidence, text: name, value: when,
      more: FactAttributes(
        type: kind.rawValue, status: status.rawValue, place: place,
        chairs: chairs.isEmpty ? nil : chairs, attendees: attendees.isEmpty ? nil : attendees))
  }

  fileprivate init?(_ row: FactRow) {
    guard let kind = row.more.type.flatMap(Kind.init(rawValue:)),
      let status = row.more.status.flatMap(Status.init(rawValue:))
    else { return nil }
    self.init(
      kind, row.range, name: row.text, status: status, when: row.value, place: row.more.place,
      chairs: row.more.chairs ?? [], attendees: row.more.attendees ?? [], evidence: row.evidence)
  }
}

extension Statement {
  fileprivate var row: FactRow {
    FactRow(
      kind: .statement, range: range, evidence: evidence, text: content, agent: speaker,
      more: FactAttributes(
        type: kind.rawValue, cue: cue, continuation: isContinuation ? true : nil))
  }

  fileprivate init?(_ row: FactRow) {
    guard let kind = row.more.type.flatMap(Kind.init(rawValue:)), let speaker = row.agent
    else { return nil }
    self.init(
      kind, row.range, content: row.text, speaker: speaker, cue: row.more.cue,
      isContinuation: row.more.continuation ?? false, evidence: row.evidence)
  }
}

extension Directive {
  fileprivate var row: FactRow {
    FactRow(
      kind: .directive, range: range, evidence: evidence, text: action, agent: issuer,
      value: time, more: FactAttributes(verb: verb, addressee: addressee))
  }

  fileprivate init?(_ row: FactRow) {
    guard let issuer = row.agent else { return nil }
    self.init(
      row.range, action: row.text, issuer: issuer, verb: row.more.verb,
      addressee: row.more.addressee, time: row.value, evidence: row.evidence)
  }
}

extension Topic {
  fileprivate var row: FactRow {
    FactRow(kind: .topic, range: range, evidence: evidence, text: name, value: String(count))
  }
}

extension Position {
  fileprivate var row: FactRow {
    FactRow(
      kind: .position, range: range, evidence: evidence, text: role, agent: person, value: body)
  }
}

extension NamedThing {
  fileprivate func row(_ kind: FactKind) -> FactRow {
    FactRow(kind: kind, range: range, evidence: evidence, text: text)
  }
}
