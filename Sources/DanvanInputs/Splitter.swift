import DanvanModel

/// Cuts the bytes of one input into documents.
struct Splitter {
  private let label: String
  private let bytes: InputBytes
  private let kind: InputKind
  private var lines = LineSplitter()
  private var values = JSONValueSplitter()
  private var records = CSVSplitter()
  private var feed = FeedSplitter()
  private var mails = MailboxSplitter()
  private var isDone = false

  /// `kind`: nil where the first bytes are to tell.
  init(_ bytes: InputBytes, kind: InputKind?, label: String) throws(DanvanError) {
    self.label = label
    lines.limit = Envelope.sizeLimit
    let head = try bytes.peek(4096)
    let order = UTF16Order(sniffing: head)
    self.kind = kind ?? InputKind(sniffing: order?.text(of: head)[...] ?? head)
    // A document alone goes in as it is; where several are to be told apart, they are cut as UTF-8.
    if let order, self.kind.holdsSeveral {
      self.bytes = try InputBytes(UTF16Bytes(bytes, order))
    } else {
      self.bytes = bytes
    }
  }

  static let unknownKind = DanvanError.invalid(
    """
    unknown kind of file: not .txt, .md, .html, .json, .jsonl, .csv, .xml, .rss, .atom, .eml, .mbox, \
    .tar or .zip (or these with .gz); name the kind with --type
    """)

  mutating func next() -> InputItem? {
    if isDone { return nil }
    // What has no end must not be passed over for ever.
    bytes.allowance = 256 << 20
    do {
      switch kind {
      case .text: return try whole(.plainText)
      case .markdown: return try whole(.markdown)
      case .html: return try whole(.html)
      case .eml: return try whole(.mail)
      case .jsonl: return try line()
      case .json: return try value()
      case .csv: return item(try records.next(in: bytes), .csv)
      case .feed: return item(try feed.next(in: bytes), .feed)
      case .mbox: return item(try mails.next(in: bytes), .mail)
      }
    } catch {
      isDone = true
      return .fault(label: label, error)
    }
  }

  private mutating func whole(_ type: MediaType) throws(DanvanError) -> InputItem {
    isDone = true
    var content: [UInt8] = []
    while let chunk = try bytes.withNext({ ($0.count, Array($0)) }) {
      content += chunk
      guard content.count <= Submission.sizeLimit else { throw Self.overLimit }
    }
    return document(content, type, label)
  }

  private mutating func line() throws(DanvanError) -> InputItem? {
    while let line = try lines.next(in: bytes) {
      let label = "\(label):\(line.number)"
      guard let content = line.content else { return .fault(label: label, Self.overLimit) }
      let isBlank = content.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !isBlank { return object(content, label) }
    }
    return nil
  }

  private mutating func value() throws(DanvanError) -> InputItem? {
    guard let value = try values.next(in: bytes) else { return nil }
    let label = values.isAlone ? label : "\(label)#\(values.count)"
    guard let content = value.content else { return .fault(label: label, Self.overLimit) }
    return object(content, label)
  }

  /// One article as a JSON object, or the document within it.
  private func object(_ content: [UInt8], _ label: String) -> InputItem {
    do throws(DanvanError) {
      if let document = try Envelope.document(in: content, label: label) {
        return .document(document)
      }
    } catch {
      return .fault(label: label, error)
    }
    guard content.count <= Submission.sizeLimit else { return .fault(label: label, Self.overLimit) }
    return document(content, .jsonArticle, label)
  }

  private func item(_ piece: Piece?, _ type: MediaType) -> InputItem? {
    guard let piece else { return nil }
    let label = "\(label)#\(piece.number)"
    guard let content = piece.content else { return .fault(label: label, Self.overLimit) }
    return document(content, type, label)
  }

  private func document(_ content: [UInt8], _ type: MediaType, _ label: String) -> InputItem {
    .document(Submission(content: content, mediaType: type, label: label))
  }

  private static let overLimit = DanvanError(
    .resourceExhausted, "over the limit of \(Submission.sizeLimit >> 20) MiB for one document")
}

/// One document of an input that holds several.
struct Piece {
  /// From 1.
  let number: Int
  /// Nil where it is over the limit.
  let content: [UInt8]?
}

/// Bytes that are gathered up to the limit of one document; what is over it is let go.
struct Gathering {
  private(set) var bytes: [UInt8] = []
  private(set) var isOverLimit = false

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func add(_ more: some Collection<UInt8>) {
    if bytes.count + more.count > Submission.sizeLimit {
      isOverLimit = true
      bytes = []
    } else if !isOverLimit {
      bytes += more
    }
  }

  var content: [UInt8]? { isOverLimit ? nil : bytes }
  var isEmpty: Bool { bytes.isEmpty && !isOverLimit }
}
