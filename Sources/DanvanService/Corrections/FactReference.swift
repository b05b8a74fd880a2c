internal import DanvanModel

/// How somebody names a fact: `12.TITLE.345-367`, article, kind and bytes, as lists show it; without the end
/// where only one such fact begins there, and with `.2` behind it for the second of two at the same bytes.
struct FactReference {
  let article: ArticleID
  private let text: String
  private let kind: String
  private let start: Int
  private let end: Int?
  private let number: Int?

  /// Throws `invalidArgument` for what is no such name.
  init(_ text: String) throws {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let ends =
      parts.count > 2 ? parts[2].split(separator: "-", omittingEmptySubsequences: false) : []
    guard (3...4).contains(parts.count), let article = Int64(parts[0]), article > 0,
      (1...2).contains(ends.count), let start = Int(ends[0])
    else {
      throw DanvanError.invalid(
        "'\(text.prefix(60))' names no fact; write it as dvctl explain shows it: 12.TITLE.345-367")
    }
    let end = ends.count > 1 ? Int(ends[1]) : nil
    let number = parts.count > 3 ? Int(parts[3]) : nil
    guard ends.count == 1 || end != nil, parts.count == 3 || number ?? 0 > 0 else {
      throw DanvanError.invalid("'\(text.prefix(60))' names no fact: it ends in no number")
    }
    kind = parts[1].uppercased()
    guard Fact.kinds.contains(kind) else {
      let nearest = nearestName(to: kind, among: Fact.kinds).map { "; did you mean \($0)?" } ?? ""
      throw DanvanError.invalid(
        "'\(kind.prefix(40))' is no kind of fact that can be corrected\(nearest)")
    }
    self.article = ArticleID(article)
    self.text = text
    self.start = start
    self.end = end
    self.number = number
  }

  /// Throws `notFound`, naming what stands there; `invalidArgument` where it may be one of several.
  func fact(in facts: Facts) throws -> Fact {
    let found = facts.correctable.filter {
      $0.kind == kind && $0.range.start == start && (end == nil || $0.range.end == end)
    }
    if let number, found.count >= number { return found[number - 1] }
    if found.count == 1, number == nil { return found[0] }
    guard found.isEmpty || number != nil else {
      let names = found.map { Self.name($0, in: article, among: found) }
      throw DanvanError.invalid(
        "'\(text)' may be one of several: \(names.joined(separator: ", "))")
    }
    let near = facts.correctable.filter { $0.range.start <= start && start < $0.range.end }.prefix(
      3
    )
    .map { Self.name($0, in: article, among: facts.correctable) }
    throw DanvanError(
      .notFound,
      "article \(article) has no such fact '\(text)'"
        + (near.isEmpty ? "" : "; there is \(near.joined(separator: ", "))"))
  }

  private static func name(_ fact: Fact, in article: ArticleID, among facts: [Fact]) -> String {
    let same = facts.filter { $0.kind == fact.kind && $0.range == fact.range }
    let place = same.firstIndex(of: fact).map { $0 + 1 } ?? 1
    let name = "\(article).\(fact.kind).\(fact.range.start)-\(fact.range.end)"
    return same.count > 1 ? "\(name).\(place)" : name
  }
}
