import DanvanMessages

extension BriefPage {
  private static let mostParties = 12

  func meetings() throws -> JSON {
    let totals = answer.totals
    return .object([
      "any": .bool(totals.meetings > 0),
      "shown": .string(
        try words(
          "meetings_shown",
          [
            "shown": words.count(answer.meetings.count), "total": words.count(totals.meetings),
            "reports": words.count(totals.meetingReports),
          ])),
      "types": .array(
        shares(answer.meetingTypes.map { (words.name("type", $0.name), $0.count) })),
      "items": .array(try answer.meetings.map(meeting)),
    ])
  }

  private func meeting(_ item: Danvan_V1_BriefMeeting) throws -> JSON {
    let meeting = item.meeting
    return .object([
      "date": .string(try words.date(meeting.date)),
      "day": .string(
        isOfOneYear ? try words.dayAndMonth(meeting.date) : try words.date(meeting.date)),
      "name": .string(meeting.name.oneLine.capitalized),
      "type": .string(words.name("type", meeting.type)),
      "status": .string(meeting.status == "held" ? "" : words.name("held", meeting.status)),
      "place": .string(
        meeting.hasPlace ? try words("at", ["place": meeting.place.oneLine]) : ""),
      "chairs": .array(
        meeting.chairs.enumerated().map { number, name in
          ["name": .string(name.oneLine), "more": .bool(number + 1 < meeting.chairs.count)]
        }),
      "incumbents": .string(try incumbents(meeting.incumbents)),
      "agenda": .string(item.agenda.map(\.oneLine).joined(separator: "; ")),
      "directives": .string(
        item.directives == 0
          ? "" : try words("and_directives", ["n": words.count(item.directives)])),
      "sources": .array(try meeting.sources.map(source)), "why": .string(try why(item.weights)),
    ])
  }

  func directives() throws -> JSON {
    let groups = answer.issuers.compactMap {
      party -> (Danvan_V1_DirectiveParty, [Danvan_V1_BriefDirective])? in
      let items = answer.directives.filter { $0.party == party.name }
      return items.isEmpty ? nil : (party, items)
    }
    return .object([
      "any": .bool(answer.totals.directives > 0),
      "shown": .string(
        try words(
          "directives_shown",
          [
            "shown": words.count(answer.directives.count),
            "total": words.count(answer.totals.directives),
          ])),
      "issuers": .array(parties(answer.issuers.prefix(Self.mostParties))),
      "addressees": .array(parties(answer.addressees.prefix(Self.mostParties))),
      "groups": .array(
        try groups.map { party, items in
          .object([
            "name": .string(party.name.oneLine), "count": .string(words.count(party.directives)),
            "items": .array(try items.map(directive)),
          ])
        }),
    ])
  }

  private func parties(_ parties: some Collection<Danvan_V1_DirectiveParty>) -> [JSON] {
    let most = Double(max(1, parties.map(\.directives).max() ?? 1))
    return parties.map { party in
      .object([
        "name": .string(party.name.oneLine), "count": .string(words.count(party.directives)),
        "open": .string(words.count(party.open)), "done": .string(words.count(party.done)),
        "dropped": .string(words.count(party.dropped)),
        "done_width": .string((Double(party.done) * 100 / most).percent),
        "dropped_x": .string((Double(party.done) * 100 / most).percent),
        "dropped_width": .string((Double(party.dropped) * 100 / most).percent),
        "open_x": .string(((Double(party.done) + Double(party.dropped)) * 100 / most).percent),
        "open_width": .string((Double(party.open) * 100 / most).percent),
      ])
    }
  }

  private func directive(_ item: Danvan_V1_BriefDirective) throws -> JSON {
    let (fact, state) = (item.item, item.item.state)
    let notes = [
      state.hasDue ? try words("due_on", ["day": try words.date(state.due)]) : "",
      state.hasOwner ? try words("owner", ["name": state.owner.oneLine]) : "",
      state.hasNote ? state.note.oneLine : "",
    ].filter { !$0.isEmpty }
    return .object([
      "id": .string(fact.id), "date": .string(try words.date(fact.source.date)),
      "addressee": .string(fact.hasAddressee ? fact.addressee.oneLine : ""),
      "task": .string(fact.action.oneLine.capitalized),
      "due": .string(fact.hasTime ? fact.time.oneLine : ""),
      "incumbent": .string(try incumbents(fact.hasIncumbent ? [fact.incumbent] : [])),
      "status": .string(words.name("status", state.status)),
      "status_code": .string(
        ["open", "done", "dropped"].contains(state.status) ? state.status : "other"),
      "notes": .string(notes.joined(separator: "; ")),
      "articles": .string(try several(item.articles)), "source": try source(fact.source),
      "why": .string(try why(item.weights)),
    ])
  }

  func statements() throws -> JSON {
    .object([
      "any": .bool(answer.totals.statements > 0),
      "shown": .string(
        try words(
          "statements_shown",
          [
            "shown": words.count(answer.statements.count),
            "total": words.count(answer.totals.statements),
          ])),
      "items": .array(
        try answer.statements.map { item in
          .object([
            "date": .string(try words.date(item.item.source.date)),
            "speaker": .string(item.item.speaker.oneLine), "post": .string(item.post.oneLine),
            "incumbent": .string(
              try incumbents(item.item.hasIncumbent ? [item.item.incumbent] : [])),
            "words": .string(item.item.content.oneLine.capitalized),
            "direct": .bool(item.item.kind == "direct"),
            "articles": .string(try several(item.articles)),
            "source": try source(item.item.source), "why": .string(try why(item.weights)),
          ])
        }),
    ])
  }

  /// Who held the posts by which a fact names its parties, as other articles say; empty for none.
  private func incumbents(_ found: [Danvan_V1_Incumbent]) throws -> String {
    guard !found.isEmpty else { return "" }
    let named = found.map { "\($0.post.oneLine.capitalized): \($0.name.oneLine)" }
    return try words("by_other_articles", ["names": named.joined(separator: "; ")])
  }

  func changes() throws -> JSON {
    .object([
      "any": .bool(!answer.changes.isEmpty),
      "items": .array(
        try answer.changes.map { change in
          let doubts = change.doubts.map { words.name("doubt", $0) }
          return .object([
            "post": .string(change.post.oneLine.capitalized),
            "holder": .string(change.holder.name.oneLine),
            "before": .string(change.before.name.oneLine),
            "since": .string(
              try words(
                "since", ["day": try words.date(change.since), "n": words.count(change.articles)])),
            "until": .string(
              try words(
                "until",
                ["day": try words.date(change.until), "n": words.count(change.beforeArticles)])),
            "doubts": .string(doubts.joined(separator: "; ")),
            "source": try source(change.source), "before_source": try source(change.beforeSource),
          ])
        }),
    ])
  }

  // MARK: Parts of items

  private var isOfOneYear: Bool { answer.first.prefix(4) == answer.last.prefix(4) }

  func source(_ source: Danvan_V1_Source) throws -> JSON {
    .object([
      "article": .string(try words("article", ["n": String(source.articleID)])),
      "date": .string(try words.date(source.date)), "outlet": .string(source.outlet.oneLine),
      "title": .string(source.title.oneLine), "sentence": .string(source.sentence.oneLine),
    ])
  }

  /// `3 bài`; empty for one.
  private func several(_ articles: UInt32) throws -> String {
    articles > 1 ? try words("in_articles", ["n": words.count(articles)]) : ""
  }

  private func why(_ weights: [Danvan_V1_Weight]) throws -> String {
    let sum = weights.reduce(0) { $0 + Int($1.points) }
    let list = weights.map { "\(words.name("why", $0.reason)) \($0.points)" }
    return try words("why", ["sum": String(sum), "list": list.joined(separator: ", ")])
  }

  /// Counts with their part of the greatest.
  func shares(_ counts: [(name: String, count: UInt64)]) -> [JSON] {
    let most = Double(max(1, counts.map(\.count).max() ?? 1))
    return counts.map { name, count in
      .object([
        "name": .string(name), "count": .string(words.count(count)),
        "width": .string((Double(count) * 100 / most).percent),
      ])
    }
  }
}

extension String {
  /// With a capital at its beginning.
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
