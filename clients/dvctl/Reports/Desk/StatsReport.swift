import DanvanMessages

/// What the store holds, in numbers.
struct StatsReport: Report {
  let answer: Danvan_V1_StatsResponse
  /// Of sources and rules, for people.
  var limit = 12

  func lines(_ style: Style) -> [String] {
    let desk = DeskLines(style: style)
    let total = Int64(clamping: answer.articles)
    var sources = answer.sources
    for place in sources.indices where sources[place].name.isEmpty {
      sources[place].name = Localized("(not known)").text
    }
    var kinds = answer.kinds
    for place in kinds.indices { kinds[place].name = Localized(code: kinds[place].name).text }
    let found = answer.rules.filter { $0.count > 0 }
    let idle = answer.rules.count - found.count
    let head =
      Localized(
        "\(Quantities.count(total)) articles, \(Quantities.bytes(Int64(clamping: answer.textBytes))) of text, \(Quantities.count(Int64(clamping: answer.facts))) facts; store \(Quantities.bytes(Int64(clamping: answer.databaseBytes)))"
      ).text
      + (answer.walBytes > 0 ? " + \(Quantities.bytes(Int64(clamping: answer.walBytes)))" : "")
    return PaintedText.lines(of: head, style) { _ in .none }
      + desk.section(Localized("Months"), years(style))
      + desk.section(
        Localized("Sources"), counts(sources, style), shown: min(limit, sources.count),
        total: sources.count)
      + desk.section(
        Localized("Readers"),
        answer.readers.map {
          "\(Quantities.count(Int64(clamping: $0.articles)).paddedLeft(to: 10))  "
            + Localized("\($0.mediaType) by reader \($0.version)").text
        })
      + desk.section(
        Localized("Coverage"),
        answer.coverage.map {
          "\(Self.share($0.count, answer.articles))  \(Localized(code: $0.name).text)"
        })
      + desk.section(Localized("Facts"), counts(kinds, style, all: true))
      + desk.section(
        Localized("Rules"), counts(found, style), shown: min(limit, found.count), total: found.count
      )
      + (idle > 0
        ? [style.paint("            \(Localized("\(idle) that found nothing").text)", .dim)] : [])
  }

  private func counts(_ counts: [Danvan_V1_NamedCount], _ style: Style, all: Bool = false)
    -> [String]
  {
    counts.prefix(all ? counts.count : limit).map {
      "\(Quantities.count(Int64(clamping: $0.count)).paddedLeft(to: 10))  \($0.name.oneLine.printable)"
        .cut(to: style.width ?? .max)
    }
  }

  /// A line a year: `2017  ▁▂▃▅▇█▇▅▃▂▁·      1,234`, its largest month the highest; a dot for a month with none.
  /// Years of few articles are one line: most of them are what an article tells of, not when it was written.
  private func years(_ style: Style) -> [String] {
    let byYear = Dictionary(grouping: answer.months) { $0.month.prefix(4) }
      .mapValues { months in (months, months.reduce(0) { $0 + UInt64($1.articles) }) }
    let least = byYear.values.reduce(0) { $0 + $1.1 } / 400
    let shown = byYear.filter { $0.value.1 > least }
    let lines = shown.sorted { $0.key < $1.key }.map { year, months in
      var bars = [UInt32](repeating: 0, count: 12)
      for month in months.0 {
        guard let number = Int(month.month.suffix(2)), (1...12).contains(number) else { continue }
        bars[number - 1] = month.articles
      }
      let sum = Quantities.count(Int64(clamping: months.1))
      return "\(year)  \(style.paint(Sparkline(bars).text, .hit))  \(sum.paddedLeft(to: 9))"
    }
    let rest = byYear.filter { $0.value.1 <= least }
    let notes = [
      (
        rest.isEmpty ? "" : Localized("in \(rest.count) other years").text,
        rest.values.reduce(0) { $0 + $1.1 }
      ),
      (answer.undated > 0 ? Localized("no date").text : "", answer.undated),
      (answer.unreadable > 0 ? Localized("damaged facts").text : "", answer.unreadable),
    ]
    return lines
      + notes.filter { !$0.0.isEmpty }.map { name, count in
        name.padded(to: 18) + "  " + Quantities.count(Int64(clamping: count)).paddedLeft(to: 9)
      }
  }

  /// `  87.5 %`
  private static func share(_ part: UInt64, _ whole: UInt64) -> String {
    guard whole > 0 else { return "     – %" }
    return "\(Quantities.decimal(Double(part) * 100 / Double(whole), digits: 1)) %".paddedLeft(
      to: 8)
  }

  var json: JSON {
    func counts(_ list: [Danvan_V1_NamedCount], _ name: String) -> JSON {
      .array(
        list.map {
          .object([
            JSON.Member(name: name, value: $0.name.isEmpty ? .null : .string($0.name)),
            JSON.Member(name: "count", value: .integer(Int64(clamping: $0.count))),
          ])
        })
    }
    return .object([
      "articles": .integer(Int64(clamping: answer.articles)),
      "facts": .integer(Int64(clamping: answer.facts)),
      "text_bytes": .integer(Int64(clamping: answer.textBytes)),
      "database_bytes": .integer(Int64(clamping: answer.databaseBytes)),
      "wal_bytes": .integer(Int64(clamping: answer.walBytes)),
      "sources": counts(answer.sources, "source"),
      "months": .array(
        answer.months.map {
          .object(["month": .string($0.month), "articles": .integer(Int64($0.articles))])
        }),
      "undated": .integer(Int64(clamping: answer.undated)),
      "unreadable": .integer(Int64(clamping: answer.unreadable)),
      "readers": .array(
        answer.readers.map {
          .object([
            "media_type": .string($0.mediaType), "version": .integer(Int64($0.version)),
            "articles": .integer(Int64(clamping: $0.articles)),
          ])
        }),
      "facts_by_kind": counts(answer.kinds, "kind"),
      "coverage": .array(
        answer.coverage.map {
          .object([
            "of": .string($0.name), "articles": .integer(Int64(clamping: $0.count)),
            "share": .real(
              answer.articles == 0
                ? 0 : (Double($0.count) * 1000 / Double(answer.articles)).rounded() / 1000),
          ])
        }),
      "rules": counts(answer.rules, "rule"),
    ])
  }

  /// One count each.
  var rows: [JSON] {
    func row(_ group: String, _ name: String, _ count: UInt64) -> JSON {
      .object([
        "group": .string(group), "name": .string(name),
        "count": .integer(Int64(clamping: count)),
      ])
    }
    func rows(_ group: String, _ list: [Danvan_V1_NamedCount]) -> [JSON] {
      list.map { row(group, $0.name, $0.count) }
    }
    return [
      row("store", "articles", answer.articles), row("store", "facts", answer.facts),
      row("store", "text_bytes", answer.textBytes),
      row("store", "database_bytes", answer.databaseBytes),
      row("store", "wal_bytes", answer.walBytes), row("store", "undated", answer.undated),
    ]
      + rows("source", answer.sources)
      + answer.months.map { row("month", $0.month, UInt64($0.articles)) }
      + answer.readers.map { row("reader", "\($0.mediaType) \($0.version)", $0.articles) }
      + rows("facts", answer.kinds) + rows("coverage", answer.coverage)
      + rows("rule", answer.rules)
  }
}

/// Numbers as a line of bars, a character each; a middle dot for none.
struct Sparkline {
  let text: String

  init(_ values: [UInt32]) {
    let most = values.max() ?? 0
    let bars = Array("▁▂▃▄▅▆▇█")
    text = String(
      values.map { value in
        guard value > 0, most > 0 else { return "·" }
        return bars[min(bars.count - 1, Int(UInt64(value) * UInt64(bars.count) / UInt64(most)))]
      })
  }
}
