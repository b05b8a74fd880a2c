import DanvanModel

/// One mail, as newsletters come: its plain part where that holds the text, else its HTML part.
///
/// Attachments are not read. Throws `invalidArgument` where there is no header, or no text.
func mailArticle(_ bytes: [UInt8], cues: PageCues) throws -> Draft {
  var start = 0
  let header = MailHeader(bytes[...], bodyStart: &start)
  guard !header.isEmpty else { throw DanvanError.invalid("not a mail: it has no header") }
  var parts = MailParts()
  parts.add(header, bytes[min(start, bytes.count)...], depth: 0)
  var draft = try parts.draft(cues)
  draft.title = Stated(header["subject"]?.onOneLine, "mail:Subject")
  let sender = header["from"].map(Sender.init)
  draft.publisher = Stated(header["list-id"].map(listName) ?? sender?.name, "mail:From")
  draft.url = Stated(header["archived-at"]?.trimmingBrackets, "mail:Archived-At")
  if let date = header["date"], let day = publicationDate(date) {
    draft.published = Stated(value: day, origin: "mail:Date")
  }
  return draft
}

/// `"Name" <address>` of a From field.
private struct Sender {
  let name: String

  init(_ field: String) {
    let name = String(field.prefix { $0 != "<" }).trimmed
    let bare = name.hasPrefix("\"") ? String(name.dropFirst().prefix { $0 != "\"" }) : name
    self.name = bare.isEmpty ? field.trimmingBrackets : bare
  }
}

/// The words of a List-Id before its brackets (RFC 2919).
private func listName(_ field: String) -> String {
  let name = String(field.prefix { $0 != "<" }).trimmed
  return name.isEmpty ? field.trimmingBrackets : name
}

extension String {
  fileprivate var trimmingBrackets: String {
    String(drop { $0 == "<" || $0 == " " }.prefix { $0 != ">" })
  }
}

/// The texts of a mail: its first plain and its first HTML part.
private struct MailParts {
  private var plain: DecodedText?
  private var html: DecodedText?
  private var fault: DanvanError?
  /// What was not looked at.
  private var note: String?
  private static let depthLimit = 8
  private static let partLimit = 200

  mutating func add(_ header: MailHeader, _ body: ArraySlice<UInt8>, depth: Int) {
    let type = header.value(of: "content-type") ?? "text/plain"
    guard depth < Self.depthLimit else {
      note = "parts nested more than \(Self.depthLimit) deep are not read"
      return
    }
    if type.hasPrefix("multipart/"), let boundary = header.parameter("boundary", of: "content-type")
    {
      let parts = Self.parts(of: body, boundary: boundary)
      if parts.count > Self.partLimit {
        note = "parts behind the first \(Self.partLimit) are not read"
      }
      for part in parts.prefix(Self.partLimit) {
        var start = 0
        let inner = MailHeader(part, bodyStart: &start)
        add(inner, part[min(max(start, part.startIndex), part.endIndex)...], depth: depth + 1)
      }
      return
    }
    if header.value(of: "content-disposition") == "attachment" { return }
    guard type == "text/plain" && plain == nil || type == "text/html" && html == nil else { return }
    let bytes = TransferEncoding.decode(body, header.value(of: "content-transfer-encoding"))
    let charset = header.parameter("charset", of: "content-type")
    do {
      if type == "text/plain" {
        plain = try plainText(bytes, stated: charset)
      } else {
        html = try DecodedText(bytes, stated: charset, declared: declaredCharset(bytes))
      }
    } catch {
      fault = error as? DanvanError
    }
  }

  func draft(_ cues: PageCues) throws -> Draft {
    // A plain part of a line or two says that there is an HTML part, and no more.
    if let plain, !plain.text.isBlank, html == nil || plain.text.utf8.count > 400 {
      var draft = Draft(plain)
      draft.text = plain.text.replacing("\r\n", with: "\n").trimmed
      if let note { draft.notes.append(note) }
      return draft
    }
    if let html {
      var draft = try htmlDraft(html.text, cues: cues)
      draft.title = nil
      draft.note(html)
      if let note { draft.notes.append(note) }
      return draft
    }
    throw fault
      ?? DanvanError.invalid("the mail has no part with text" + (note.map { "; \($0)" } ?? ""))
  }

  private static func parts(of body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
    let mark = Array(("--" + boundary).utf8)
    var parts: [ArraySlice<UInt8>] = []
    var start: Int?
    var at = body.startIndex
    while at < body.endIndex, parts.count < partLimit {
      let end = body[at...].firstIndex(of: 0x0A) ?? body.endIndex
      // The boundary of an inner part may begin as this one does.
      let rest = body[at..<end].starts(with: mark) ? body[at..<end].dropFirst(mark.count) : nil
      let isLast = rest?.starts(with: "--".utf8) == true
      if let rest, isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        if let start { parts.append(body[start..<at]) }
        start = min(body.endIndex, end + 1)
        if isLast { return parts }
      }
      at = min(body.endIndex, end + 1)
      if at == body.endIndex { break }
    }
    if let start, start < body.endIndex { parts.append(body[start...]) }
    return parts
  }
}
