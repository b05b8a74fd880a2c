public import DanvanModel

/// What was noted on a directive that is not found any more.
public struct OrphanedMark: Sendable {
  public let article: ArticleID
  /// Where it stood when it was noted: UTF-8 bytes of the article's text of then.
  public let range: TextRange
  /// Its words; nil for what was noted before such was kept.
  public let words: String?
  /// Whether these words still stand in the text, but as no directive.
  public let isInText: Bool
  public let state: DirectiveState
}
