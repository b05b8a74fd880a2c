public import DanvanModel

/// What an input holds at one place: a document, or the reason why there is none.
public enum InputItem: Sendable {
  case document(Submission)
  /// `label` says where: a path, or a path and a line.
  case fault(label: String, DanvanError)
}

/// How the bytes of one input are cut into documents.
public enum InputKind: String, Sendable, CaseIterable {
  /// One article of plain text.
  case text
  /// One saved page.
  case html
  /// One object, or a list of objects, or objects one after the other.
  case json
  /// One object a line.
  case jsonl

  /// By a file's name without `.gz`; nil where its ending is none of ours.
  init?(fileName: some StringProtocol) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "txt": self = .text
    case "html", "htm": self = .html
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    default: return nil
    }
  }

  /// By the name of a file, with or without `.gz`; nil where its ending is none of ours.
  init?(ofFile path: String) {
    self.init(fileName: path.lowercased().hasSuffix(".gz") ? path.dropLast(3) : path[...])
  }

  /// By the first bytes of an input without a name.
  init(sniffing bytes: some Sequence<UInt8>) {
    let text = bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
    switch text.first(where: { _ in true }) {
    case UInt8(ascii: "{"):
      // A first line that ends with its object is one of JSON lines, where a bad line costs no other.
      let line = text.prefix { $0 != 0x0A }
      self = line.reversed().first { $0 > 0x20 } == UInt8(ascii: "}") ? .jsonl : .json
    case UInt8(ascii: "["): self = .json
    case UInt8(ascii: "<"): self = .html
    default: self = .text
    }
  }
}

/// What the sender says of every document of an input.
public struct InputLabels: Sendable {
  public var title: String?
  public var url: String?
  public var source: String?
  public var published: PartialDate?

  public init(
    title: String? = nil, url: String? = nil, source: String? = nil, published: PartialDate? = nil
  ) {
    self.title = title
    self.url = url
    self.source = source
    self.published = published
  }
}
