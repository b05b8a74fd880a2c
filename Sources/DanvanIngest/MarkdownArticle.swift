import DanvanModel

/// One article in Markdown (CommonMark's inline marks and block marks), with front matter or without:
/// `---` lines around `name: value` lines (YAML), or `+++` around `name = "value"` (TOML).
///
/// The text is what a reader sees: marks are taken off, a link is its words, a picture nothing. The
/// headline is the front matter's title, else the first heading of the first rank.
func markdownArticle(
  _ bytes: [UInt8], stated: String?, mapping: [String: String]
) throws -> Draft {
  let decoded = try plainText(bytes, stated: stated)
  var lines = decoded.text.split(
    omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })[...]
  let matter = try FrontMatter(taking: &lines)
  let body = MarkdownText(lines)
  var draft = Draft(text: body.text)
  draft.note(decoded)
  let fields = try NamedFields(form: "front-matter", mapping: mapping) { matter.values[$0] }
  fields.fill(&draft)
  draft.title = draft.title ?? Stated(body.firstHeading, "heading")
  return draft
}

/// The names and values at the head of a Markdown file; only those on one line are kept.
private struct FrontMatter {
  private(set) var values: [String: String] = [:]

  /// Throws `invalidArgument` where the front matter is not closed.
  init(taking lines: inout ArraySlice<Substring>) throws {
    guard let first = lines.first.map({ String($0).trimmed }), first == "---" || first == "+++"
    else {
      return
    }
    let rest = lines.dropFirst()
    guard let end = rest.firstIndex(where: { String($0).trimmed == first }) else {
      // A rule at the head of a text is no front matter.
      if first == "---" { return }
      throw DanvanError.invalid("the front matter is not closed by a line '\(first)'")
    }
    let mark: Character = first == "---" ? ":" : "="
    for line in rest[..<end] {
      guard !line.hasPrefix(" "), !line.hasPrefix("#"), let place = line.firstIndex(of: mark) else {
        continue
      }
      let name = String(line[..<place]).trimmed
      var value = String(line[line.index(after: place)...]).trimmed
      for quote in ["\"", "'"]
      where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
        value = String(value.dropFirst().dropLast()).replacing("\\\"", with: "\"")
      }
      if !value.isEmpty, value != "|", value != ">" { values[name] = value }
    }
    lines = rest[rest.index(after: end)...]
  }
}

private struct MarkdownText {
  private(set) var text = ""
  private(set) var firstHeading: String?

  init(_ lines: ArraySlice<Substring>) {
    var out: [String] = []
    var isCode = false
    for line in lines {
      var rest = String(line).trimmed
      if rest.hasPrefix("```") || rest.hasPrefix("~~~") {
        isCode.toggle()
        continue
      }
      if isCode {
        out.append(rest)
        continue
      }
      while rest.hasPrefix(">") { rest = String(rest.dropFirst()).trimmed }
      // Rules, and the underlines of headings.
      if rest.count >= 3, rest.allSatisfy({ "-=*_ ".contains($0) }) {
        if rest.first == "=", let last = out.last, firstHeading == nil { firstHeading = last }
        continue
      }
      let rank = rest.prefix { $0 == "#" }.count
      let isHeading = (1...6).contains(rank) && rest.dropFirst(rank).first == " "
      if isHeading {
        rest = String(rest.dropFirst(rank)).trimmed
        while rest.hasSuffix("#") { rest.removeLast() }
      } else if let mark = rest.first, "-*+".contains(mark), rest.dropFirst().first == " " {
        rest = String(rest.dropFirst(2)).trimmed
      }
      let plain = Self.inline(rest).trimmed
      if isHeading, rank == 1, firstHeading == nil { firstHeading = plain }
      if !plain.isEmpty || out.last?.isEmpty == false { out.append(plain) }
    }
    if let firstHeading, let place = out.firstIndex(of: firstHeading) { out.remove(at: place) }
    text = out.joined(separator: "\n").trimmed
  }

  /// A line without emphasis, code marks, pictures and the addresses of links.
  private static func inline(_ line: String) -> String {
    let scalars = Array(line.unicodeScalars)
    var out = String.UnicodeScalarView()
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      if scalar == "\\", at + 1 < scalars.count, scalars[at + 1].isASCIIPunctuation {
        out.append(scalars[at + 1])
        at += 2
      } else if scalar == "!", at + 1 < scalars.count, scalars[at + 1] == "[",
        let link = link(scalars, at + 1)
      {
        at = link.end
      } else if scalar == "[", let link = link(scalars, at) {
        out.append(contentsOf: inline(link.words).unicodeScalars)
        at = link.end
      } else if scalar == "*" || scalar == "`" {
        at += 1
      } else if scalar == "_", isMark(scalars, at) {
        at += 1
      } else {
        out.append(scalar)
        at += 1
      }
    }
    return String(out)
  }

  /// An underscore at the edge of a word is a mark, one within a word a letter.
  private static func isMark(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
    let before = at == 0 ? " " : scalars[at - 1]
    let after = at + 1 == scalars.count ? " " : scalars[at + 1]
    return !before.properties.isAlphabetic || !after.properties.isAlphabetic
  }

  /// `[words](address)` from its bracket; nil where it is none. Addresses over 2,000 scalars are none.
  private static func link(_ scalars: [Unicode.Scalar], _ start: Int) -> (words: String, end: Int)?
  {
    let limit = min(scalars.count, start + 2_000)
    guard let close = scalars[start..<limit].firstIndex(of: "]"), close + 1 < limit,
      scalars[close + 1] == "(", let end = scalars[(close + 1)..<limit].firstIndex(of: ")")
    else { return nil }
    var words = String.UnicodeScalarView()
    words.append(contentsOf: scalars[(start + 1)..<close])
    return (String(words), end + 1)
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIPunctuation: Bool {
    isASCII && value > 0x20 && value != 0x7F && !properties.isAlphabetic
      && !(0x30...0x39).contains(value)
  }
}
