import DanvanMessages

/// One stored article with its text and facts.
struct ArticleReport: Report {
  let article: Danvan_V1_Article
  let text: String

  func lines(_ style: Style) -> [String] {
    var lines: [String] = []
    func field(_ name: Localized, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      lines.append(style.paint(name.text.padded(to: 11), .dim) + value.oneLine.printable)
    }
    field(Localized("article"), String(article.id))
    field(Localized("title"), article.hasTitle ? article.title : nil)
    field(
      Localized("date"),
      article.hasDate
        ? article.date
          + (article.hasDateBasis ? " (\(Localized(code: article.dateBasis).text))" : "") : nil
    )
    field(Localized("published"), article.hasPublished ? article.published : nil)
    field(Localized("publisher"), article.hasPublisher ? article.publisher : nil)
    field(Localized("author"), article.hasAuthor ? article.author : nil)
    field(Localized("source"), article.hasSource ? article.source : nil)
    field(Localized("language"), article.hasLanguage ? article.language : nil)
    field(Localized("url"), article.hasURL ? article.url : nil)
    field(Localized("ingested"), article.ingested)
    for revision in article.revisions {
      field(
        Localized("revision"),
        "\(revision.number)  \(revision.hasCame ? revision.came : "?")  \(Quantities.bytes(Int64(revision.textBytes)))"
          + (revision.hasTitle ? "  \(revision.title)" : ""))
    }
    for note in article.reading.notes { field(Localized("note"), note) }
    for sighting in article.sightings where article.sightings.count > 1 || sighting.times > 1 {
      let place = [sighting.source, sighting.url].filter { !$0.isEmpty }.joined(separator: " ")
      field(
        Localized("seen"),
        "\(sighting.first) \(place)" + (sighting.times > 1 ? " × \(sighting.times)" : ""))
    }
    field(Localized("copies"), article.copies.map(String.init).joined(separator: " "))
    lines.append("")
    return lines
      + AnnotatedText(
        text: text, facts: article.facts, title: article.hasTitle ? article.title : nil
      ).lines(style)
      + IncumbentReport(article.incumbents).section(style)
      + CorrectionsReport(article.corrections).section(style)
  }

  var json: JSON {
    article.summaryJSON.adding(article.originJSON).adding(.object(["text": .string(text)]))
      .adding(FactsJSON(article.facts, text: text).members)
      .adding(IncumbentReport(article.incumbents).member)
      .adding(
        .object([
          "corrections": article.corrections.isEmpty
            ? nil : .array(CorrectionsReport(article.corrections).rows)
        ]))
  }
}

extension ArticleReport {
  /// A row each fact.
  var table: [JSON] {
    FoundFact.list(article.facts).map { fact in
      JSON.object(["article": .integer(article.id)]).adding(fact.row)
    }
  }
}

/// The facts of a document that is not stored; as JSON, the object that `make eval` scores.
struct AnalysisReport: Report {
  let answer: Danvan_V1_AnalyzeResponse

  func lines(_ style: Style) -> [String] {
    answer.article.reading.notes.map {
      style.paint(Localized("note").text.padded(to: 11), .dim) + $0.printable
    }
      + AnnotatedText(
        text: answer.text, facts: answer.facts, title: answer.hasTitle ? answer.title : nil
      ).lines(style)
      + (answer.words.isEmpty
        ? []
        : ["", style.paint(Localized("Words").text, .bold)]
          + WordsOfText(answer.words, text: answer.text).lines.flatMap {
            PaintedText.lines(of: $0, style) { _ in .none }
          })
  }

  var json: JSON {
    JSON.object([
      "text": .string(answer.text), "title": answer.hasTitle ? .string(answer.title) : nil,
    ])
    .adding(answer.article.readingJSON)
    .adding(FactsJSON(answer.facts, text: answer.text).members)
    .adding(
      answer.words.isEmpty
        ? .object([])
        : .object(["words": WordsOfText(answer.words, text: answer.text).json]))
  }
}

extension AnalysisReport {
  /// A row each fact.
  var table: [JSON] { FoundFact.list(answer.facts).map(\.row) }
}

/// A text with its facts in colour, a legend, and the list of facts.
private struct AnnotatedText {
  let text: String
  let facts: Danvan_V1_ArticleFacts
  let title: String?

  func lines(_ style: Style) -> [String] {
    let paints = FactPaint(facts, length: text.utf8.count)
    var lines = PaintedText.lines(of: text, style) { paints[$0] }
    if style.hasColor { lines += ["", FactPaint.legend(style)] }
    return lines + FactsList(facts, style).lines
  }
}
