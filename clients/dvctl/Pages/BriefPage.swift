import DanvanMessages
import DanvanModel

/// A brief as the values that its templates name, in the words of a language.
struct BriefPage {
  let answer: Danvan_V1_BriefResponse
  let query: String
  let words: Words

  /// Throws `Failure` where the language's file lacks a word.
  func values() throws -> JSON {
    let names = PeriodNames(words: words)
    let dates = try names.dates(answer.first, answer.last)
    let before =
      answer.beforeFirst.isEmpty
      ? "" : try names.title(from: answer.beforeFirst, to: answer.beforeLast)
    return .object([
      "lang": .string(words.language), "t": words.json,
      "title": .string(try names.title(from: answer.first, to: answer.last)),
      "dates": .string(dates),
      "before": .string(before.isEmpty ? "" : try words("against", ["before": before])),
      "query": .string(query), "unfinished": .bool(answer.gaps.unfinished),
      "is_empty": .bool(
        answer.totals.articles == 0 && answer.totals.meetingReports == 0),
      "figures": .array(try figures()), "chart": try chart(names),
      "meetings": try meetings(), "directives": try directives(), "topics": try topics(),
      "changes": try changes(), "statements": try statements(), "outlets": try outlets(),
      "gaps": try gaps(), "made_by": .string(try words("made_by", ["version": Dvctl.version])),
    ])
  }

  private func figures() throws -> [JSON] {
    let (now, before) = (answer.totals, answer.before)
    let hasBefore = !answer.beforeFirst.isEmpty
    let rows: [(String, UInt32, now: UInt32, before: UInt32)] = [
      ("articles", now.articles, now.articles, before.articles),
      ("meetings", now.meetings, now.meetingReports, before.meetingReports),
      ("directives", now.directives, now.directives, before.directives),
      ("statements", now.statements, now.statements, before.statements),
      ("outlets", now.outlets, now.outlets, before.outlets),
    ]
    return try rows.map { key, shown, now, before in
      // Meetings of the period before are not put together; their reports tell the change.
      let what = key == "meetings" ? "\(try words("meeting_reports")): " : ""
      let note =
        hasBefore
        ? what + (what.isEmpty ? "" : "\(words.count(now)); ")
          + (try words("before_is", ["n": words.count(before)])) : try words("no_before")
      return .object([
        "label": .string(try words(key)), "count": .string(words.count(shown)),
        "note": .string(note), "change": .string(hasBefore ? Self.change(now, before) : ""),
        "rises": .bool(hasBefore && now > before), "falls": .bool(hasBefore && now < before),
      ])
    }
  }

  /// `+12 %`; empty where there was nothing to compare with, and for no change.
  static func change(_ now: UInt32, _ before: UInt32) -> String {
    guard before > 0, now != before else { return "" }
    let percent = (Double(now) / Double(before) - 1) * 100
    // Of a few, percents say nothing.
    guard before >= 5, percent.magnitude >= 0.5 else {
      return now > before ? "+\(now - before)" : "−\(before - now)"
    }
    let whole = Int64(percent.magnitude.rounded())
    return "\(percent > 0 ? "+" : "−")\(whole) %"
  }

  private func chart(_ names: PeriodNames) throws -> JSON {
    guard let chart = DayChart(answer.days, from: answer.first, to: answer.last),
      chart.mostArticles + chart.mostMeetings > 0
    else { return .object(["any": false]) }
    let columns = try chart.columns.filter { $0.articles + $0.meetings > 0 }.map { column -> JSON in
      let height =
        chart.mostArticles == 0
        ? 0 : Double(column.articles) * chart.above / Double(chart.mostArticles)
      let depth =
        chart.mostMeetings == 0
        ? 0 : Double(column.meetings) * (100 - chart.above) / Double(chart.mostMeetings)
      let when =
        column.first == column.last
        ? try words.date(column.first)
        : "\(try words.date(column.first)) – \(try words.date(column.last))"
      return .object([
        "x": .string((column.left + column.width * DayChart.gap / 2).percent),
        "w": .string((column.width * (1 - DayChart.gap)).percent),
        "y": .string((chart.above - height).percent), "h": .string(height.percent),
        "depth": .string(depth.percent),
        "label": .string(
          try words(
            "bar_label",
            [
              "when": when, "articles": words.count(column.articles),
              "meetings": words.count(column.meetings),
            ])),
      ])
    }
    return .object([
      "any": true, "title": .string(try words("\(chart.step.rawValue)_title")),
      "zero": .string(chart.above.percent), "columns": .array(columns),
      "most": .string(words.count(chart.mostArticles)),
      "half": .string(chart.mostArticles % 2 == 0 ? words.count(chart.mostArticles / 2) : ""),
      "half_y": .string((chart.above / 2).percent),
      "least": .string(chart.mostMeetings == 0 ? "" : words.count(chart.mostMeetings)),
      "marks": .array(
        try chart.marks.map { mark in
          .object([
            "x": .string(mark.left.percent),
            "label": .string(try names.mark(mark.date, isYear: chart.step == .months)),
          ])
        }),
    ])
  }
}

/// What periods are called.
struct PeriodNames {
  let words: Words

  /// `Quý I năm 2021` where it is one; else its days.
  func title(from first: String, to last: String) throws -> String {
    guard let start = PartialDate(first), let end = PartialDate(last), let month = start.month,
      let endMonth = end.month
    else { return try dates(first, last) }
    let year = String(first.prefix(4))
    let isWhole =
      start.day == 1 && end.day == PartialDate.days(inMonth: endMonth, of: end.year)
      && start.year == end.year
    switch endMonth - month + 1 {
    case 12 where isWhole: return try words("period_year", ["y": year])
    case 3 where isWhole && month % 3 == 1:
      return try words("period_quarter_\((month + 2) / 3)", ["y": year])
    case 1 where isWhole:
      return try words("period_month", ["m": try words.month(month), "y": year])
    default:
      if first == last { return try words("period_day", ["day": try words.date(first)]) }
      return try words(
        "period_range", ["first": try words.date(first), "last": try words.date(last)])
    }
  }

  func dates(_ first: String, _ last: String) throws -> String {
    try words("dates", ["first": try words.date(first), "last": try words.date(last)])
  }

  /// A month's name, or the year at its beginning and where only years are marked.
  func mark(_ date: PartialDate, isYear: Bool) throws -> String {
    guard let month = date.month, !isYear || month != 1, !isYear else { return String(date.year) }
    if date.day ?? 1 > 1 { return try words.dayAndMonth(date.description) }
    let name = try words("month_name", ["m": try words.shortMonth(month)])
    return month == 1 ? "\(name) \(date.year)" : name
  }
}
