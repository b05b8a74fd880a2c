import DanvanMessages
import DanvanText

/// The items of the desk's answers as lines for people: what is said first, then where it stands.
struct DeskLines {
  let style: Style

  /// A heading with its lines, after an empty one; nothing without lines. `total`: of how many.
  func section(_ heading: Localized, _ lines: [String], shown: Int = 0, total: Int = 0) -> [String]
  {
    guard !lines.isEmpty else { return [] }
    let counts =
      total > shown
      ? Localized(" (\(Quantities.count(Int64(shown))) of \(Quantities.count(Int64(total))))").text
      : ""
    return ["", style.paint(heading.text + counts, .heading)] + lines
  }

  func tenures(_ tenures: [Danvan_V1_Tenure], naming: Bool) -> [String] {
    tenures.flatMap { tenure -> [String] in
      let what = naming ? "\(tenure.holder.name), \(tenure.wording)" : tenure.wording
      let head =
        "\(tenure.span.padded(to: 23))  \(style.paint(what, .bold))"
        + style.paint(
          "  \(Quantities.articles(Int64(tenure.articles)).text)", .dim)
      let gaps = tenure.gaps.map { note(Localized("nothing from \($0.first) to \($0.last)").text) }
      return [head] + gaps + tenure.sources.flatMap(evidence)
    }
  }

  func meetings(_ meetings: [Danvan_V1_Meeting]) -> [String] {
    meetings.flatMap { meeting -> [String] in
      let date = meeting.date.isEmpty ? Localized("no date").text : meeting.date
      let state =
        meeting.status == "held"
        ? "" : style.paint("  \(Localized(code: meeting.status).text)", .dim)
      var lines = wrapped("\(date)  ", meeting.name, .bold)
      if var last = lines.popLast() {
        last += state
        lines.append(last)
      }
      let details = [
        meeting.hasPlace ? Localized("at \(meeting.place)").text : "",
        meeting.chairs.isEmpty
          ? "" : Localized("chaired by \(meeting.chairs.joined(separator: ", "))").text,
      ].filter { !$0.isEmpty }
      if !details.isEmpty { lines += wrapped("    ", details.joined(separator: " · "), .none) }
      return lines + meeting.incumbents.map(incumbent)
        + [note(meeting.sources.map(\.told).joined(separator: "; "))]
    }
  }

  func statements(_ statements: [Danvan_V1_StatementItem], naming: Bool) -> [String] {
    statements.flatMap { item -> [String] in
      let date = item.source.date.isEmpty ? Localized("no date").text : item.source.date
      let who = naming ? "\(item.speaker): " : ""
      return wrapped("\(date)  ", (who + item.content).cut(to: Self.widest), .none)
        + (item.hasIncumbent ? [incumbent(item.incumbent)] : [])
        + [note(Localized("article \(item.source.articleID)").text)]
    }
  }

  func directives(_ directives: [Danvan_V1_DirectiveItem]) -> [String] {
    directives.flatMap { item -> [String] in
      let to = item.hasAddressee ? " → \(item.addressee)" : ""
      let date = item.source.date.isEmpty ? Localized("no date").text : item.source.date
      let notes = item.state.notes
      return wrapped("\(date)  ", "\(item.issuer)\(to): \(item.action)", .none)
        + (item.hasIncumbent ? [incumbent(item.incumbent)] : [])
        + [
          note(
            [item.id, item.time, notes].filter { !$0.isEmpty }.joined(separator: " · "))
        ]
    }
  }

  func orphan(_ id: String, _ words: String, _ told: String) -> [String] {
    wrapped("\(id)  ", words.cut(to: Self.widest), .none) + [note(told)]
  }

  func entities(_ entities: [Danvan_V1_EntityName]) -> [String] {
    entities.map { entity in
      let known = entity.knownAs.isEmpty ? "" : ", \(entity.knownAs)"
      let other = entity.entity == entity.name ? "" : style.paint("  \(entity.entity)", .dim)
      return "\(String(entity.articles).paddedLeft(to: 5))  \(entity.name)\(known)\(other)"
        .printable(besides: style)
    }
  }

  func evidence(_ source: Danvan_V1_Source) -> [String] {
    wrapped("    ", source.sentence.cut(to: Self.widest), .none) + [note(source.told)]
  }

  /// Who held a post by which a fact names its party.
  private func incumbent(_ found: Danvan_V1_Incumbent) -> String {
    let post = found.post.oneLine.printable
    return note(Localized("\(post), as other articles say: \(found.told)").text)
  }

  /// Columns of a sentence that are shown.
  private static let widest = 240

  private func note(_ text: String) -> String { style.paint("    \(text.oneLine)", .dim) }

  /// Text that goes on under itself behind a lead.
  private func wrapped(_ lead: String, _ text: String, _ paint: Paint) -> [String] {
    let indent = displayWidth(lead)
    let inner = Style(
      hasColor: style.hasColor, width: style.width.map { max(20, $0 - indent) })
    let lines = PaintedText.lines(of: text.oneLine, inner) { _ in paint }
    let blank = String(repeating: " ", count: indent)
    return lines.enumerated().map { ($0 == 0 ? lead : blank) + $1 }
  }
}

extension String {
  /// As `printable`; text that was painted is kept as it is.
  fileprivate func printable(besides style: Style) -> String { style.hasColor ? self : printable }
}
