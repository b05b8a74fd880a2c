import DanvanMessages
import Glibc

/// Articles as Markdown with front matter, which `dvctl ingest` reads again: one after the other in a
/// file, or each in a file of its own in a folder.
final class MarkdownSink: ExportSink {
  private enum Place {
    case file(OutputFile)
    /// The folder's name when it is complete.
    case folder(String)
  }
  private let place: Place
  private var isFinished = false

  init(_ file: OutputFile) { place = .file(file) }

  /// Throws where there is something of that name already.
  init(folder: String) throws {
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard access(path, F_OK) != 0 else { throw OutputFile.failure(path, EEXIST) }
    let temporary = OutputFile.temporary(path)
    guard mkdir(temporary, 0o777) == 0 else {
      guard errno == EEXIST else { throw OutputFile.failure(temporary, errno) }
      throw Failure(
        .failed, "OUTPUT", "\(temporary): is left of an export that broke off; remove it first")
    }
    place = .folder(path)
  }

  func write(_ item: Danvan_V1_ExportItem) throws {
    guard item.hasText else { return }
    let article = ExportedArticle(item.text)
    switch place {
    case .file(let file): try file.write(Self.text(of: article) + "\n")
    case .folder(let path):
      let file = try OutputFile(path: "\(OutputFile.temporary(path))/\(item.text.id).md")
      try file.write(Self.text(of: article))
      try file.finish()
    }
  }

  func finish() throws {
    switch place {
    case .file(let file): try file.finish()
    case .folder(let path):
      guard rename(OutputFile.temporary(path), path) == 0 else {
        throw OutputFile.failure(path, errno)
      }
    }
    isFinished = true
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
