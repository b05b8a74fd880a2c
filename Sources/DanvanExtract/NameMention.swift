import DanvanModel

/// A person, title, body or place found in a scan.
struct NameMention: Sendable {
  /// Never `.time`.
  var kind: Mention.Kind
  var tokens: Range<Int>
  var evidence: Evidence
  /// PERSON: the fullest form of the name in the article.
  var name: String?
  /// TITLE: the full name of the person who holds it.
  var holder: String?

  init(
    _ kind: Mention.Kind, _ tokens: Range<Int>, evidence: Evidence, name: String? = nil,
    holder: String? = nil
  ) {
    self.kind = kind
    self.tokens = tokens
    self.evidence = evidence
    self.name = name
    self.holder = holder
  }

  func mention(in scan: Scan) -> Mention {
    Mention(
      kind, scan.range(tokens), text: scan.string(tokens), name: name, holder: holder,
      evidence: evidence)
  }
}
