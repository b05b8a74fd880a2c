import DanvanModel

/// Cuts one file into documents.
struct Splitter {
  private let file: InputFile
  private let bytes: InputBytes
  private let kind: InputKind
  private var lines = LineSplitter()
  private var values = JSONValueSplitter()
  private var isDone = false

  /// Opens the file. Throws where it cannot be read or its kind is not known.
  init(_ file: InputFile, kind: InputKind?) throws(DanvanError) {
    self.file = file
    let isNamedGzip = file.path.lowercased().hasSuffix(".gz")
    let name = isNamedGzip ? file.path.dropLast(3) : file.path[...]
    let named = InputKind(fileName: name)
    if kind == nil, named == nil, file.size != nil, !file.isStandardInput, !isNamedGzip {
      throw DanvanError.invalid(
        "unknown kind of file: not .txt, .html, .htm, .json, .jsonl, .ndjson (or these with .gz); "
          + "name the kind with --type")
    }
    bytes = try InputBytes(file)
    if isNamedGzip, !bytes.isCompressed {
      throw DanvanError(.dataLoss, "named .gz but not gzip data")
    }
    if let kind = kind ?? named {
      self.kind = kind
    } else {
      self.kind =
        try bytes.withNext { buffer throws(DanvanError) in (0, InputKind(sniffing: buffer)) }
        ?? .text
    }
  }

  var bytesRead: Int64 { bytes.bytesRead }

  mutating func next() -> InputItem? {
    if isDone { return nil }
    do {
      switch kind {
      case .text, .html: return try whole()
      case .jsonl: return try line()
      case .json: return try value()
      }
    } catch {
      isDone = true
      return .fault(label: file.label, error)
    }
  }

  private mutating func whole() throws(DanvanError) -> InputItem {
    isDone = true
    var content: [UInt8] = []
    while let chunk = try bytes.withNext({ ($0.count, Array($0)) }) {
      content += chunk
      guard content.count <= Submission.sizeLimit else { throw Self.overLimit }
    }
    return document(content, kind == .html ? .html : .plainText, file.label)
  }

  private mutating func line() throws(DanvanError) -> InputItem? {
    while let line = try lines.next(in: bytes) {
      let label = "\(file.label):\(line.number)"
      guard let content = line.content else { return .fault(label: label, Self.overLimit) }
      let isBlank = content.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !isBlank { return document(content, .jsonArticle, label) }
    }
    return nil
  }

  private mutating func value() throws(DanvanError) -> InputItem? {
    guard let value = try values.next(in: bytes) else { return nil }
    let label = values.isAlone ? file.label : "\(file.label)#\(values.count)"
    guard let content = value.content else { return .fault(label: label, Self.overLimit) }
    return document(content, .jsonArticle, label)
  }

  private func document(_ content: [UInt8], _ type: MediaType, _ label: String) -> InputItem {
    .document(Submission(content: content, mediaType: type, label: label))
  }

  private static let overLimit = DanvanError(
    .resourceExhausted, "over the limit of \(Submission.sizeLimit >> 20) MiB for one document")
}
