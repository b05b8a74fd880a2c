import DanvanMessages

/// An exported article with what the rows of tables take from it.
struct ExportedArticle {
  let message: Danvan_V1_ExportedText
  private let offsets: ScalarOffsets

  init(_ message: Danvan_V1_ExportedText) {
    self.message = message
    offsets = ScalarOffsets(message.text)
  }

  var facts: Danvan_V1_ArticleFacts { message.facts }

  var date: String? {
    if facts.hasDate { return facts.date }
    return message.hasPublished ? message.published : nil
  }

  var source: String? {
    if message.hasPublisher { return message.publisher }
    return facts.hasSource ? facts.source : nil
  }

  /// What every fact's row begins and ends with.
  static let leading = [
    ExportColumn("article", "INTEGER", "The number of the article."),
    ExportColumn("date", "The day that the article reports from, else that of its publication."),
    ExportColumn("source", "The publisher, else the outlet of the attribution line."),
    ExportColumn("url", "The article's address."),
  ]
  static let trailing = [
    ExportColumn("start", "INTEGER", "Where it begins in the text, in Unicode scalars from 0."),
    ExportColumn("end", "INTEGER", "Where it ends, not included."),
    ExportColumn("sentence", "The sentence that it begins in."),
    ExportColumn("rule", "The rule that found it."),
    ExportColumn("confidence", "REAL", "How often such a finding is right, 0 to 1."),
  ]

  var leadingCells: [Cell] {
    [
      .integer(message.id), Cell(date), Cell(source), Cell(message.hasURL ? message.url : nil),
    ]
  }

  func trailingCells(_ start: UInt32, _ end: UInt32, _ evidence: Danvan_V1_Evidence) -> [Cell] {
    [
      .integer(offsets[start]), .integer(offsets[end]), Cell(sentence(at: start)),
      .text(evidence.rule), .real(evidence.confidence),
    ]
  }

  private func sentence(at start: UInt32) -> String? {
    let bounds = message.sentences
    for index in stride(from: 0, to: bounds.count - 1, by: 2)
    where bounds[index] <= start && start < bounds[index + 1] {
      let bytes = message.text.utf8
      guard Int(bounds[index + 1]) <= bytes.count else { return nil }
      return String(
        decoding: bytes.dropFirst(Int(bounds[index])).prefix(
          Int(bounds[index + 1] - bounds[index])), as: UTF8.self)
    }
    return nil
  }

  var row: [Cell] {
    let author = message.hasOriginal && message.original.hasAuthor ? message.original.author : nil
    return [
      .integer(message.id), Cell(message.hasTitle ? message.title : nil), Cell(date),
      Cell(facts.hasDateBasis ? facts.dateBasis : nil),
      Cell(message.hasPublished ? message.published : nil),
      Cell(message.hasPublisher ? message.publisher : nil),
      Cell(facts.hasSource ? facts.source : nil),
      Cell(facts.hasLanguage ? facts.language : nil),
      Cell(message.hasURL ? message.url : nil), Cell(author), .integer(Int64(message.revision)),
      .text(message.time), .list(message.tags),
      Cell(message.hasCopyOf ? message.copyOf : nil), .text(facts.ruleSet), .text(message.text),
    ]
  }
}
