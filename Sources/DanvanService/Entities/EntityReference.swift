internal import DanvanModel
internal import DanvanStore

/// How somebody names an entity: `Nguyễn Văn Hùng`, or `Nguyễn Văn Hùng@1234` for the one of whom
/// article 1234 speaks.
struct EntityReference {
  let name: RegisteredName
  let article: ArticleID?

  /// Throws `invalidArgument` for what holds no name.
  init(_ text: String) throws {
    var written = text[...]
    var article: ArticleID?
    if let at = text.lastIndex(of: "@") {
      guard let number = Int64(text[text.index(after: at)...]), number > 0 else {
        throw DanvanError.invalid("'\(text.prefix(80))': behind '@' comes an article's number")
      }
      article = ArticleID(number)
      written = text[..<at]
    }
    var names = NameReader(tokenizer: SyllableTokenizer())
    guard let name = names.name(String(written)) else {
      throw DanvanError.invalid("'\(text.prefix(80))' is no name")
    }
    self.name = name
    self.article = article
  }

  /// Whether it was typed without any mark, and so stands for all marked forms.
  var isPlain: Bool { name.canonical == name.plain }

  static func text(_ name: String, _ article: ArticleID?) -> String {
    article.map { "\(name)@\($0)" } ?? name
  }
}
