extension Facts {
  /// A title cut as the rules cut it: its body is the one that it ends with, and the office what stands before;
  /// `Trưởng ban Dân vận` shares a syllable with `ban Dân vận`.
  ///
  /// `text` is the UTF-8 of the article's stored text.
  public func office(of title: Mention, in text: [UInt8]) -> (role: String, body: Mention?) {
    let body = mentions(within: title.range).filter { $0.kind == .organization }
      .max { ($0.range.end, $0.range.count) < ($1.range.end, $1.range.count) }
    guard let body, body.range.end == title.range.end, body.range.start > title.range.start else {
      return (title.text, body)
    }
    let shared = body.text.first?.isLowercase == true ? body.text.prefix { $0 != " " } : ""
    let cut = min(body.range.start + shared.utf8.count, title.range.end, text.count)
    guard title.range.start < cut else { return (title.text, body) }
    var role = String(decoding: text[title.range.start..<cut], as: UTF8.self)
    while role.last?.isWhitespace == true { role.removeLast() }
    return (role, body)
  }

  /// The mentions that lie within a range, in their order.
  public func mentions(within range: TextRange) -> [Mention] {
    var (low, high) = (0, mentions.count)
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle].range.start < range.start { low = middle + 1 } else { high = middle }
    }
    return mentions[low...].prefix { $0.range.start < range.end }
      .filter { range.contains($0.range) }
  }
}
