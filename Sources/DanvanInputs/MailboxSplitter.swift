import DanvanModel

/// Cuts an mbox file (RFC 4155) into its mails: each begins behind a `From ` line that follows a blank
/// line or the start, and in its text one `>` is taken from lines of the form `>From `.
struct MailboxSplitter {
  private var lines = LineSplitter()
  private var count = 0
  private var isBegun = false
  private var isAtEnd = false
  private static let mark = Array("From ".utf8)

  mutating func next(in bytes: InputBytes) throws(DanvanError) -> Piece? {
    if isAtEnd { return nil }
    var mail = Gathering()
    var isAfterBlank = true
    while let line = try lines.next(in: bytes) {
      guard let content = line.content else {
        mail.add(repeatElement(0, count: Submission.sizeLimit + 1))
        continue
      }
      if isAfterBlank, content.starts(with: Self.mark) {
        if isBegun {
          count += 1
          return Piece(number: count, content: mail.content)
        }
        isBegun = true
        continue
      }
      guard isBegun || content.allSatisfy({ $0 <= 0x20 }) else {
        throw DanvanError.invalid("not a mailbox: it does not begin with a 'From ' line")
      }
      isAfterBlank = content.isEmpty || content == [0x0D]
      let quotes = content.prefix { $0 == UInt8(ascii: ">") }.count
      let isEscaped = quotes > 0 && content.dropFirst(quotes).starts(with: Self.mark)
      mail.add(content.dropFirst(isEscaped ? 1 : 0))
      mail.add([0x0A])
    }
    isAtEnd = true
    guard isBegun else { return nil }
    count += 1
    return Piece(number: count, content: mail.content)
  }
}
