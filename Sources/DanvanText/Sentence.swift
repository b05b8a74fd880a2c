/// One sentence, or one piece of a page that stands where a sentence would.
public struct Sentence: Sendable, Equatable {
  /// Never empty; holds no newline token.
  public let tokens: Range<Int>
  public let zone: Zone
  /// The number of its paragraph, from 0; empty lines are not counted.
  public let paragraph: Int

  public init(tokens: Range<Int>, zone: Zone, paragraph: Int) {
    self.tokens = tokens
    self.zone = zone
    self.paragraph = paragraph
  }
}

/// The part that a sentence plays on the page.
public enum Zone: UInt8, Sendable {
  case headline
  /// `Hà Nội, ngày 26-3 (TTXVN) -`, `(NLĐO) -`, or a line that is only a date and time.
  case dateline
  /// The first paragraph of the report.
  case lead
  case body
  /// A line under or beside a picture, and its credit.
  case caption
  case keywords
  /// Who wrote it.
  case byline
  /// Where it was taken from: `Theo Tuổi trẻ Thủ đô`.
  case attribution

  /// Whether it is part of what the article tells.
  public var isReport: Bool { self == .headline || self == .lead || self == .body }
}
