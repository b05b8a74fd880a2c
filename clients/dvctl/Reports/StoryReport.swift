import DanvanMessages

/// The articles that tell of one event.
struct StoryReport: Report {
  /// The article that was asked for.
  let id: Int64
  let story: Danvan_V1_StoryResponse

  func lines(_ style: Style) -> [String] {
    story.articles.enumerated().flatMap { place, part in
      let article = part.article
      let copies = article.copies.count
      let head = [
        article.bestDate ?? "", article.bestSource ?? "",
        article.id == id
          ? "" : Localized("likeness \(StoryLikenessReport.hundredths(part.likeness))").text,
        copies == 0 ? "" : Quantities.copies(copies).text,
      ].filter { !$0.isEmpty }.joined(separator: "  ")
      return (place > 0 ? [""] : [])
        + [
          style.paint(String(article.id), .bold) + "  "
            + style.paint((article.hasTitle ? article.title : "").oneLine.printable, .bold),
          style.paint("  " + head.printable, .dim),
        ] + (place > 0 ? adds(part.adds, style) : [])
    }
  }

  /// In short: names, events and how many statements and directives are new.
  private func adds(_ facts: Danvan_V1_ArticleFacts, _ style: Style) -> [String] {
    Self.kinds(facts).filter { !$0.values.isEmpty }.flatMap { _, name, values in
      PaintedText.lines(of: "+ \(name.text): " + values.joined(separator: "; ").oneLine, style) {
        _ in
        .none
      }
      .enumerated().map { ($0.offset == 0 ? "  " : "    ") + $0.element }
    }
  }

  private static func kinds(
    _ facts: Danvan_V1_ArticleFacts
  ) -> [(column: String, name: Localized, values: [String])] {
    func names(_ type: String) -> [String] {
      var seen: Set<String> = []
      return facts.mentions.filter { $0.type == type }.map { $0.hasName ? $0.name : $0.text }
        .filter { seen.insert($0).inserted }
    }
    return [
      ("persons", Localized("persons"), names("PERSON")),
      ("bodies", Localized("bodies"), names("ORG")),
      ("places", Localized("places"), names("LOC")),
      ("events", Localized("events"), facts.events.map(\.name)),
      ("instruments", Localized("instruments"), facts.instruments.map(\.text)),
      (
        "statements", Localized("statements"),
        facts.statements.map { "\($0.speaker): \($0.content)" }
      ),
      (
        "directives", Localized("directives"),
        facts.directives.map { "\($0.issuer): \($0.action)" }
      ),
    ]
  }

  /// A row each article; what it adds to those above it is joined by `; `.
  var table: [JSON] {
    story.articles.map { part in
      part.article.summaryJSON.adding(
        .object([
          "likeness": .real(part.likeness),
          "copies": .strings(part.article.copies.map(String.init)),
        ])
      ).adding(
        .object(
          Self.kinds(part.adds).map {
            JSON.Member(name: "adds_\($0.column)", value: .strings($0.values))
          }))
    }
  }

  var rows: [JSON] {
    story.articles.map { part in
      part.article.summaryJSON.adding(
        .object([
          "likeness": .real(part.likeness),
          "copies": part.article.copies.isEmpty
            ? nil : .array(part.article.copies.map { .integer($0) }),
          "adds": FactsJSON(part.adds, text: nil).found,
        ]))
    }
  }

  var json: JSON {
    .object([
      "id": .integer(id), "articles": .array(rows), "cut_off": story.cutOff ? true : nil,
    ])
  }
}
