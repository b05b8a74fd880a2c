/// How the bytes of one input are cut into documents.
public enum InputKind: String, Sendable, CaseIterable {
  /// One article of plain text.
  case text
  /// One article in Markdown, with front matter or without.
  case markdown
  /// One saved page.
  case html
  /// One object, or a list of objects, or objects one after the other.
  case json
  /// One object a line.
  case jsonl
  /// A table with a head line; one article a record.
  case csv
  /// An RSS or Atom feed; one article an item.
  case feed
  /// One mail.
  case eml
  /// Mails one after the other, each behind a `From ` line.
  case mbox

  /// Whether an input of this kind is cut into documents.
  var holdsSeveral: Bool {
    switch self {
    case .text, .markdown, .html, .eml: false
    case .json, .jsonl, .csv, .feed, .mbox: true
    }
  }

  private static let endings: [String: InputKind] = [
    "txt": .text, "md": .markdown, "markdown": .markdown, "html": .html, "htm": .html,
    "xhtml": .html, "json": .json, "jsonl": .jsonl, "ndjson": .jsonl, "csv": .csv, "tsv": .csv,
    "rss": .feed, "atom": .feed, "xml": .feed, "eml": .eml, "mbox": .mbox,
  ]

  /// By the last ending of a file's name; nil where it is none of ours.
  init?(ending: String) {
    guard let kind = Self.endings[ending] else { return nil }
    self = kind
  }

  /// By the first bytes of an input without a name.
  init(sniffing bytes: ArraySlice<UInt8>) {
    let text = bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
    switch text.first {
    case UInt8(ascii: "{") where text.starts(with: Envelope.opening): self = .jsonl
    case UInt8(ascii: "{"):
      // A first line that ends with its object is one of JSON lines, where a bad line costs no other.
      let line = text.prefix { $0 != 0x0A }
      self = line.last { $0 > 0x20 } == UInt8(ascii: "}") ? .jsonl : .json
    case UInt8(ascii: "["): self = .json
    case UInt8(ascii: "<"): self = Self.isFeed(text) ? .feed : .html
    case UInt8(ascii: "-")
    where text.starts(with: "---\n".utf8) || text.starts(with: "---\r\n".utf8):
      self = .markdown
    case UInt8(ascii: "F") where text.starts(with: "From ".utf8): self = .mbox
    default: self = Self.isMail(text) ? .eml : .text
    }
  }

  /// Whether a feed's root element is among the first bytes.
  private static func isFeed(_ text: ArraySlice<UInt8>) -> Bool {
    let head = String(decoding: text.prefix(2048), as: UTF8.self).lowercased()
    return ["<rss", "<feed", "<rdf:rdf"].contains { head.contains($0) }
  }

  /// Whether the first line is a header field that mails begin with (RFC 5322 and what servers add).
  private static func isMail(_ text: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: text.prefix(32).prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    return [
      "return-path", "received", "delivered-to", "mime-version", "message-id", "from",
      "x-mozilla-status",
      "dkim-signature",
    ].contains(name.lowercased()) && text.prefix(32).contains(UInt8(ascii: ":"))
  }
}

/// What a file's name says of its content.
struct FileForm {
  enum Content: Equatable {
    case documents(InputKind)
    case archive
  }
  /// Nil where the ending is none of ours.
  let content: Content?
  let isGzip: Bool

  init(_ path: String) {
    var name = (path.split(separator: "/").last.map(String.init) ?? "").lowercased()
    if name.hasSuffix(".tgz") { name = name.dropLast(4) + ".tar.gz" }
    isGzip = name.hasSuffix(".gz")
    if isGzip { name.removeLast(3) }
    guard let dot = name.lastIndex(of: ".") else {
      content = nil
      return
    }
    let ending = String(name[name.index(after: dot)...])
    content =
      ["tar", "zip"].contains(ending) ? .archive : InputKind(ending: ending).map { .documents($0) }
  }
}
