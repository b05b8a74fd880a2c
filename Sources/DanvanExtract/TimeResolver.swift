import DanvanModel

/// Decides the document date and gives every time expression its value.
struct TimeResolver: Sendable {
  init(_ rules: RuleSet) throws {}

  func resolve(_ expressions: [TimeMention], in scan: Scan) -> (DocumentDate?, [TimeMention]) {
    (nil, expressions)
  }
}
