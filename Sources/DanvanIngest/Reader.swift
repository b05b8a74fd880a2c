public import DanvanModel

/// Turns a submitted document into the article that will be stored: checked, with its headline found.
///
/// Reading is a pure function of the submission: no files, no network, no clock.
public struct Reader: Sendable {
  /// Counts the changes of what readers make of the same bytes.
  public static let version = 3

  private let cues: PageCues

  public init(cues: PageCues = PageCues()) { self.cues = cues }

  /// Reads one document.
  ///
  /// What the sender states (title, URL, source, date) goes before what the document says of itself;
  /// of two dates that agree the more exact one is taken.
  /// The stored text is the document's own, headline first; a title that is given apart is put
  /// before the text unless the text opens with it.
  ///
  /// Throws `invalidArgument` for a document that is empty, blank, of no encoding that is known, holds a
  /// NUL or is not of its stated kind, and `resourceExhausted` for one over `Submission.sizeLimit` or
  /// built to cost more than any article does.
  public func read(_ submission: Submission) throws -> Article {
    let bytes = submission.content
    guard bytes.count <= Submission.sizeLimit else {
      throw DanvanError(
        .resourceExhausted,
        "a document of \(bytes.count) bytes is over the limit of \(Submission.sizeLimit)")
    }
    guard !bytes.isEmpty else { throw DanvanError.invalid("the document is empty") }
    let charset = submission.charset
    let fields = submission.fields
    let draft =
      switch submission.mediaType {
      case .plainText: Draft(try plainText(bytes, stated: charset))
      case .markdown: try markdownArticle(bytes, stated: charset, mapping: fields)
      case .jsonArticle: try jsonArticle(bytes, mapping: fields)
      case .csv: try csvArticle(bytes, stated: charset, mapping: fields)
      case .html: try htmlArticle(bytes, stated: charset, cues: cues)
      case .feed: try feedArticle(bytes, stated: charset, cues: cues)
      case .mail: try mailArticle(bytes, cues: cues)
      }
    return try article(draft, from: submission)
  }

  private func article(_ draft: Draft, from submission: Submission) throws -> Article {
    guard !draft.text.isBlank else {
      throw DanvanError.invalid("the document holds no text, only white space")
    }
    // A mail's header or a page's field may hold one where its text does not.
    for (field, name) in [
      (draft.text, "text"), (draft.title?.value, "title"), (draft.url?.value, "URL"),
      (draft.publisher?.value, "publisher"), (draft.author?.value, "author"),
    ] where field?.utf8.contains(0) == true {
      throw DanvanError.invalid("the document's \(name) holds a NUL byte")
    }
    let title = try given(submission.title, "title") ?? draft.title
    let url = try given(submission.url, "URL") ?? draft.url
    let publisher = try given(submission.source, "source") ?? draft.publisher
    let published = date(given: submission.published, own: draft.published)
    var text = draft.text
    if let title = title?.value, !text.opens(with: title) { text = title + "\n" + text }
    let headline = title ?? Stated(headline(of: text), "text")
    var origins: [String: String] = [:]
    origins["title"] = headline?.origin
    origins["url"] = url?.origin
    origins["publisher"] = publisher?.origin
    origins["published"] = published?.origin
    origins["author"] = draft.author?.origin
    return Article(
      text: text, title: headline?.value, url: url?.value, publisher: publisher?.value,
      published: published?.value, author: draft.author?.value,
      reading: Reading(
        reader: Self.version, encoding: draft.encoding, origins: origins,
        isSummary: draft.isSummary, notes: draft.notes))
  }

  /// The sender's date, unless the document's own says the same more exactly.
  private func date(given: PartialDate?, own: Stated<PartialDate>?) -> Stated<PartialDate>? {
    guard let given else { return own }
    let sender = Stated(value: given, origin: "sender")
    guard let own else { return sender }
    let agrees =
      given.year == own.value.year && (given.month == nil || given.month == own.value.month)
      && (given.day == nil || given.day == own.value.day)
    return agrees ? own : sender
  }

  /// A field of the sender's, trimmed; nil where it is absent or blank.
  private func given(_ field: String?, _ name: String) throws -> Stated<String>? {
    guard let field = field?.trimmed, !field.isEmpty else { return nil }
    guard !field.utf8.contains(0) else { throw DanvanError.invalid("the \(name) holds a NUL byte") }
    return Stated(value: field.onOneLine, origin: "sender")
  }
}
