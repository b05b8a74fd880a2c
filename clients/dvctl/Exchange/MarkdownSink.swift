import DanvanMessages

/// Articles as Markdown with front matter, which `dvctl ingest` reads again: one after the other in a
/// file, or each in a file of its own in a folder.
final class MarkdownSink: ExportSink {
  private enum Place {
    case file(OutputFile)
    case folder(OutputFolder)
  }
  private let place: Place

  init(_ file: OutputFile) { place = .file(file) }

  init(_ folder: OutputFolder) { place = .folder(folder) }

  func write(_ item: Danvan_V1_ExportItem) throws {
    guard item.hasText else { return }
    let article = ExportedArticle(item.text)
    switch place {
    case .file(let file): try file.write(Self.text(of: article) + "\n")
    case .folder(let folder):
      let file = try OutputFile(path: folder.place(of: "\(item.text.id).md"))
      try file.write(Self.text(of: article))
      try file.finish(syncing: false)
    }
  }

  func finish() throws {
    switch place {
    case .file(let file): try file.finish()
    case .folder(let folder): try folder.finish()
    }
  }

  static func text(of article: ExportedArticle) -> String {
    let message = article.message
    var fields: [(String, String?)] = [
      ("title", message.hasTitle ? message.title : nil), ("date", article.date),
      ("publisher", message.hasPublisher ? message.publisher : nil),
      ("url", message.hasURL ? message.url : nil), ("danvan_id", String(message.id)),
    ]
    if !message.tags.isEmpty { fields.append(("tags", message.tags.joined(separator: ", "))) }
    let head = fields.compactMap { name, value in value.map { "\(name): \(quoted($0))\n" } }
      .joined()
    return "---\n\(head)---\n\n" + paragraphs(of: message.text) + "\n"
  }

  /// Lines of the text are paragraphs of their own.
  private static func paragraphs(of text: String) -> String {
    text.split(whereSeparator: \.isNewline).map(String.init).map { line in
      // What begins like Markdown's own marks is kept as written.
      guard let first = line.unicodeScalars.first, "#>-+*`".unicodeScalars.contains(first) else {
        return line
      }
      return "\\" + line
    }.joined(separator: "\n\n")
  }

  /// A text as front matter has it: on one line, in quotation marks.
  private static func quoted(_ text: String) -> String { JSON.string(text.oneLine).compact }
}
