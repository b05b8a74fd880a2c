import DanvanLanguage
import DanvanMessages

/// A list of directives.
struct DirectivesReport: Report {
  let answer: Danvan_V1_DirectivesResponse

  func lines(_ style: Style) -> [String] { DeskLines(style: style).directives(answer.directives) }

  var json: JSON {
    .object([
      "total": .integer(Int64(clamping: answer.total)), "directives": .array(rows),
    ])
  }

  var rows: [JSON] { answer.directives.map(\.json) }
}

/// One directive with its history and what may report on it.
struct DirectiveReport: Report {
  let answer: Danvan_V1_DirectiveResponse

  func lines(_ style: Style) -> [String] {
    let desk = DeskLines(style: style)
    func noted(_ name: Localized, _ value: String) -> String {
      value.isEmpty ? Localized("no \(name)").text : "\(name.text) \(value)"
    }
    let history = answer.history.map { change in
      let parts = [
        change.hasStatus ? Localized(code: change.status).text : nil,
        change.hasDue ? noted(Localized("due"), change.due) : nil,
        change.hasOwner ? noted(Localized("owner"), change.owner) : nil,
        change.hasNote ? change.note.isEmpty ? Localized("no note").text : change.note : nil,
      ].compactMap { $0 }
      return "\(change.time.prefix(16))  \(parts.joined(separator: " · ").oneLine)"
    }
    let followUps = answer.followUps.flatMap { found in
      let reasons = found.reasons.map { Localized($0, by: .danvan).text }.joined(separator: "; ")
      return ["\(Int((found.score * 100).rounded())) %  \(reasons.oneLine)"]
        + desk.evidence(found.source)
    }
    return desk.directives([answer.directive]) + desk.evidence(answer.directive.source)
      + desk.section(Localized("Noted"), history)
      + desk.section(Localized("May report on it"), followUps)
  }

  var json: JSON {
    answer.directive.json.adding(
      .object([
        "history": .array(
          answer.history.map { change in
            .object([
              "time": .string(change.time),
              "status": change.hasStatus ? .string(change.status) : nil,
              "due": change.hasDue ? .string(change.due) : nil,
              "owner": change.hasOwner ? .string(change.owner) : nil,
              "note": change.hasNote ? .string(change.note) : nil,
            ])
          }),
        "follow_ups": .array(
          answer.followUps.map { found in
            .object([
              "score": .real(found.score), "reasons": .strings(found.reasons),
              "source": found.source.json,
            ])
          }),
      ]))
  }
}

/// A calendar of meetings.
struct MeetingsReport: Report {
  let answer: Danvan_V1_MeetingsResponse

  func lines(_ style: Style) -> [String] { DeskLines(style: style).meetings(answer.meetings) }

  var json: JSON {
    .object([
      "reports": .integer(Int64(clamping: answer.reports)), "events": .array(rows),
    ])
  }

  var rows: [JSON] { answer.meetings.map(\.json) }

  var calendar: String? { Calendar(meetings: answer.meetings).text }
}

/// Who said what.
struct StatementsReport: Report {
  let answer: Danvan_V1_StatementsResponse

  func lines(_ style: Style) -> [String] {
    DeskLines(style: style).statements(answer.statements, naming: true)
  }

  var json: JSON {
    .object([
      "total": .integer(Int64(clamping: answer.total)), "statements": .array(rows),
    ])
  }

  var rows: [JSON] { answer.statements.map(\.json) }
}

/// Articles by topic, beside the period before.
struct TopicsReport: Report {
  let answer: Danvan_V1_TopicsResponse

  func lines(_ style: Style) -> [String] {
    var table = Table([
      Table.Column(name: Localized("TOPIC"), least: 16, paint: .bold),
      Table.Column(name: Localized("ARTICLES"), side: .right),
      Table.Column(name: Localized("BEFORE"), side: .right),
      Table.Column(name: Localized("CHANGE"), side: .right),
    ])
    table.rows = answer.topics.map { topic in
      let change = Int64(topic.articles) - Int64(topic.before)
      return [
        topic.topic, Quantities.count(Int64(topic.articles)), Quantities.count(Int64(topic.before)),
        change > 0 ? "+\(Quantities.count(change))" : Quantities.count(change),
      ]
    }
    return [style.paint("\(answer.first) – \(answer.last)", .heading)] + table.lines(style)
  }

  var json: JSON {
    .object([
      "first": .string(answer.first), "last": .string(answer.last), "topics": .array(rows),
    ])
  }

  var rows: [JSON] {
    answer.topics.map {
      .object([
        "topic": .string($0.topic), "articles": .integer(Int64($0.articles)),
        "before": .integer(Int64($0.before)),
        "change": .integer(Int64($0.articles) - Int64($0.before)),
      ])
    }
  }
}

/// A bar a month.
struct TimelineReport: Report {
  let answer: Danvan_V1_TimelineResponse
  /// The query, for the picture's title.
  var title = ""

  var drawing: String? { TimelineDrawing(months: answer.months, title: title).text }

  func lines(_ style: Style) -> [String] {
    let most = answer.months.map(\.articles).max() ?? 0
    let room = max(10, (style.width ?? 80) - 18)
    // A long time without any is one line.
    let shown = answer.months.indices.filter { place in
      answer.months[max(0, place - 2)...min(place + 2, answer.months.count - 1)]
        .contains { $0.articles > 0 }
    }
    let bars = shown.flatMap { place in
      let month = answer.months[place]
      let isAfterHole = place > 0 && !shown.contains(place - 1)
      let length =
        most == 0 ? 0 : (Int(month.articles) * room + Int(most) - 1) / Int(most)
      let count = Quantities.count(Int64(month.articles)).paddedLeft(to: 7)
      let bar = String(repeating: "█", count: length)
      let line = "\(month.month)  \(count)  \(style.paint(bar, .hit))".trimmed
      return isAfterHole ? ["…", line] : [line]
    }
    let undated = Int64(clamping: answer.undated)
    return bars
      + (undated > 0
        ? [style.paint("\(Localized("no date").text)  \(Quantities.count(undated))", .dim)] : [])
  }

  var json: JSON {
    .object([
      "months": .array(rows), "undated": .integer(Int64(clamping: answer.undated)),
    ])
  }

  var rows: [JSON] {
    answer.months.map {
      .object(["month": .string($0.month), "articles": .integer(Int64($0.articles))])
    }
  }
}

extension String {
  /// Without spaces at the end.
  fileprivate var trimmed: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
