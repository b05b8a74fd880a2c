public import DanvanModel
import DanvanText

extension RuleSet {
  /// The words of an article's text, numbers and marks among them, in order.
  ///
  /// Throws `failedPrecondition` where the set has no data for it.
  public func words(in article: Article) throws -> [TextRange] {
    let segmenter = try wordSegmenter()
    let scan = Scan(article, cues: try LayoutCues(self))
    return scan.sentences.flatMap { segmenter.words(in: scan.tokens, $0.tokens) }.map(scan.range)
  }
}
