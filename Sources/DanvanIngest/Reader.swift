public import DanvanModel

/// Turns a submitted document into the article that will be stored: checked, with its headline found.
///
/// Reading is a pure function of the submission: no files, no network, no clock.
public struct Reader: Sendable {
  public init() {}

  /// Reads one document.
  ///
  /// What the sender states (title, URL, source, date) goes before what the document says of itself;
  /// of two dates that agree the more exact one is taken.
  /// The stored text is the document's own, headline first; a title that is given apart is put
  /// before the text unless the text opens with it.
  ///
  /// Throws `invalidArgument` for a document that is empty, blank, not UTF-8, holds a NUL or is not
  /// of its stated kind, and `resourceExhausted` for one over `Submission.sizeLimit`.
  public func read(_ submission: Submission) throws -> Article {
    let bytes = submission.content
    guard bytes.count <= Submission.sizeLimit else {
      throw DanvanError(
        .resourceExhausted,
        "a document of \(bytes.count) bytes is over the limit of \(Submission.sizeLimit)")
    }
    guard !bytes.isEmpty else { throw DanvanError.invalid("the document is empty") }
    let draft =
      switch submission.mediaType {
      case .plainText: Draft(text: try plainText(bytes))
      case .jsonArticle: try jsonArticle(bytes)
      case .html: try htmlArticle(bytes)
      }
    return try article(draft, from: submission)
  }

  private func article(_ draft: Draft, from submission: Submission) throws -> Article {
    guard !draft.text.isBlank else {
      throw DanvanError.invalid("the document holds no text, only white space")
    }
    let title = try given(submission.title, "title") ?? draft.title
    let url = try given(submission.url, "URL") ?? draft.url
    let publisher = try given(submission.source, "source") ?? draft.publisher
    var text = draft.text
    if let title, !text.opens(with: title) { text = title + "\n" + text }
    return Article(
      text: text, title: title ?? headline(of: text), url: url, publisher: publisher,
      published: date(given: submission.published, own: draft.published))
  }

  /// The sender's date, unless the document's own says the same more exactly.
  private func date(given: PartialDate?, own: PartialDate?) -> PartialDate? {
    guard let given, let own else { return given ?? own }
    let agrees =
      given.year == own.year && (given.month == nil || given.month == own.month)
      && (given.day == nil || given.day == own.day)
    return agrees ? own : given
  }

  /// A field of the sender's, trimmed; nil where it is absent or blank.
  private func given(_ field: String?, _ name: String) throws -> String? {
    guard let field = field?.trimmed, !field.isEmpty else { return nil }
    guard !field.utf8.contains(0) else { throw DanvanError.invalid("the \(name) holds a NUL byte") }
    return field.onOneLine
  }
}

/// What a document says before the sender's word is laid over it.
struct Draft: Equatable {
  var text: String
  var title: String?
  var url: String?
  var publisher: String?
  var published: PartialDate?
}
