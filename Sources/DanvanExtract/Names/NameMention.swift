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
  /// The number of the sentence in which it begins.
  var sentence: Int
  /// Who the person or the title's holder is: the same number for the same person of the article.
  var person: Int?
  /// TITLE: the body that the office belongs to (`Thành ủy` of `Bí thư Thành ủy`), which is also a
  /// mention of its own.
  var body: Range<Int>?

  init(
    _ kind: Mention.Kind, _ tokens: Range<Int>, evidence: Evidence, name: String? = nil,
    holder: String? = nil, sentence: Int = 0, person: Int? = nil, body: Range<Int>? = nil
  ) {
    self.kind = kind
    self.tokens = tokens
    self.evidence = evidence
    self.name = name
    self.holder = holder
    self.sentence = sentence
    self.person = person
    self.body = body
  }

  /// `body` is the full name of a body that this is a short form of.
  func mention(in scan: Scan, body: String? = nil) -> Mention {
    Mention(
      kind, scan.range(tokens), text: scan.string(tokens),
      name: kind == .organization ? body : name, holder: holder,
      evidence: evidence)
  }
}
