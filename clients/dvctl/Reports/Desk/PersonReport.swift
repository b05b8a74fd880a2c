import DanvanMessages

/// What the corpus tells of a person.
struct PersonReport: Report {
  let answer: Danvan_V1_PersonResponse

  func lines(_ style: Style) -> [String] {
    let desk = DeskLines(style: style)
    let person = answer.person
    let totals = answer.totals
    var lines = [
      style.paint(person.name, .bold)
        + (person.knownAs.isEmpty ? "" : ", \(person.knownAs)")
        + style.paint("  \(Quantities.articles(Int64(totals.articles)).text)", .dim)
    ]
    if !answer.names.isEmpty {
      lines.append(
        style.paint(Localized("also \(answer.names.joined(separator: ", "))").text, .dim))
    }
    return lines
      + desk.section(Localized("Posts"), desk.tenures(answer.tenures, naming: false))
      + desk.section(
        Localized("Meetings"), desk.meetings(answer.events), shown: answer.events.count,
        total: Int(totals.events))
      + desk.section(
        Localized("Statements"), desk.statements(answer.statements, naming: false),
        shown: answer.statements.count, total: Int(totals.statements))
      + desk.section(
        Localized("Directives given"), desk.directives(answer.given), shown: answer.given.count,
        total: Int(totals.given))
      + desk.section(
        Localized("Directives received"), desk.directives(answer.received),
        shown: answer.received.count,
        total: Int(totals.received))
      + desk.section(Localized("Named beside"), desk.entities(answer.beside))
      + desk.section(Localized("Others of this name"), desk.entities(answer.namesakes))
  }

  var json: JSON {
    answer.person.json.adding(
      .object([
        "names": .strings(answer.names),
        "posts": .array(answer.tenures.map(\.json)),
        "events": .array(answer.events.map(\.json)),
        "statements": .array(answer.statements.map(\.json)),
        "given": .array(answer.given.map(\.json)),
        "received": .array(answer.received.map(\.json)),
        "beside": .array(answer.beside.map(\.json)),
        "namesakes": .array(answer.namesakes.map(\.json)),
        "totals": answer.totals.json,
      ]))
  }

  var rows: [JSON] {
    answer.tenures.map { $0.json.of(kind: "post") }
      + answer.events.map { $0.json.of(kind: "event") }
      + answer.statements.map { $0.json.of(kind: "statement") }
      + answer.given.map { $0.json.of(kind: "given") }
      + answer.received.map { $0.json.of(kind: "received") }
      + answer.beside.map { $0.json.of(kind: "beside") }
      + answer.namesakes.map { $0.json.of(kind: "namesake") }
  }
}

/// What the corpus tells of an organisation.
struct BodyReport: Report {
  let answer: Danvan_V1_BodyResponse

  func lines(_ style: Style) -> [String] {
    let desk = DeskLines(style: style)
    let totals = answer.totals
    var lines = [
      style.paint(answer.body.name, .bold)
        + style.paint("  \(Quantities.articles(Int64(totals.articles)).text)", .dim)
    ]
    if !answer.names.isEmpty {
      lines.append(
        style.paint(Localized("also \(answer.names.joined(separator: ", "))").text, .dim))
    }
    return lines
      + desk.section(Localized("Who held its posts"), desk.tenures(answer.tenures, naming: true))
      + desk.section(
        Localized("Asked of it"), desk.directives(answer.received), shown: answer.received.count,
        total: Int(totals.received))
      + desk.section(
        Localized("Asked by it"), desk.directives(answer.given), shown: answer.given.count,
        total: Int(totals.given))
      + desk.section(
        Localized("Meetings"), desk.meetings(answer.events), shown: answer.events.count,
        total: Int(totals.events))
      + desk.section(
        Localized("Statements"), desk.statements(answer.statements, naming: false),
        shown: answer.statements.count, total: Int(totals.statements))
  }

  var json: JSON {
    answer.body.json.adding(
      .object([
        "names": .strings(answer.names),
        "posts": .array(answer.tenures.map(\.json)),
        "received": .array(answer.received.map(\.json)),
        "given": .array(answer.given.map(\.json)),
        "events": .array(answer.events.map(\.json)),
        "statements": .array(answer.statements.map(\.json)),
        "totals": answer.totals.json,
      ]))
  }

  var rows: [JSON] {
    answer.tenures.map { $0.json.of(kind: "post") }
      + answer.received.map { $0.json.of(kind: "received") }
      + answer.given.map { $0.json.of(kind: "given") }
      + answer.events.map { $0.json.of(kind: "event") }
      + answer.statements.map { $0.json.of(kind: "statement") }
  }
}

extension Danvan_V1_PersonTotals {
  fileprivate var json: JSON {
    .object([
      "articles": .integer(Int64(articles)), "events": .integer(Int64(events)),
      "statements": .integer(Int64(statements)), "given": .integer(Int64(given)),
      "received": .integer(Int64(received)),
    ])
  }
}

/// Who held a post.
struct HoldersReport: Report {
  let holdings: [Danvan_V1_Holding]

  func lines(_ style: Style) -> [String] {
    let desk = DeskLines(style: style)
    return holdings.flatMap { holding -> [String] in
      let lines = desk.tenures([holding.tenure], naming: true)
      guard !holding.attested else { return lines }
      let off = Quantities.count(Int64(holding.daysOff))
      return lines + [
        style.paint("    \(Localized("\(off) days from the day asked about").text)", .dim)
      ]
    }
  }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    holdings.map {
      $0.tenure.json.adding(
        .object(["attested": .bool($0.attested), "days_off": .integer(Int64($0.daysOff))]))
    }
  }
}

/// What people ruled about entities, a row each.
struct RulingsReport: Report {
  let rulings: [Danvan_V1_EntityRuling]

  func lines(_ style: Style) -> [String] {
    if rulings.isEmpty { return [] }
    var table = Table([
      Table.Column(name: Localized("ID"), side: .right, paint: .dim),
      Table.Column(name: Localized("RULED")),
      Table.Column(name: Localized("VERB")),
      Table.Column(name: Localized("ENTITY"), least: 12, paint: .bold),
      Table.Column(name: Localized("OTHER"), least: 12),
    ])
    table.rows = rulings.map {
      [String($0.id), String($0.time.prefix(10)), $0.verb, $0.entity, $0.other]
    }
    return table.lines(style)
  }

  var json: JSON { .array(rows) }

  var rows: [JSON] {
    rulings.map {
      .object([
        "id": .integer($0.id), "kind": .string($0.kind), "verb": .string($0.verb),
        "entity": .string($0.entity), "other": .string($0.other), "time": .string($0.time),
      ])
    }
  }
}
