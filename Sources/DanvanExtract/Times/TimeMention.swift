import DanvanModel

/// A time expression found in a scan; its value stands once the resolver has seen the article.
struct TimeMention: Sendable {
  var tokens: Range<Int>
  var expression: TimeExpression
  var evidence: Evidence
  /// ISO 8601 / TIMEX3; nil before resolution.
  var value: String?
  /// What a missing part of the value was inferred from.
  var basis: String?
  /// When somebody was born or died (`sinh năm 1975`).
  var tellsLife = false

  init(_ tokens: Range<Int>, _ expression: TimeExpression, evidence: Evidence) {
    self.tokens = tokens
    self.expression = expression
    self.evidence = evidence
  }

  func mention(in scan: Scan) -> Mention {
    Mention(
      .time, scan.range(tokens), text: scan.string(tokens), value: value, basis: basis,
      evidence: evidence)
  }
}
