/// The header of a mail or of one of its parts (RFC 5322, RFC 2045), with encoded words read (RFC 2047).
struct MailHeader {
  private var fields: [(name: String, value: [UInt8])] = []

  /// Takes the lines up to the first blank one and returns where the body begins.
  init(_ bytes: ArraySlice<UInt8>, bodyStart: inout Int) {
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.endIndex
      var line = bytes[at..<end]
      if line.last == 0x0D { line = line.dropLast() }
      at = min(bytes.endIndex, end + 1)
      if line.isEmpty { break }
      if line.first == 0x20 || line.first == 0x09 {
        if !fields.isEmpty {
          fields[fields.count - 1].value += [0x20] + line.drop { $0 == 0x20 || $0 == 0x09 }
        }
      } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), fields.count < 1000 {
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        fields.append((name, Array(line[line.index(after: colon)...].drop { $0 == 0x20 })))
      }
    }
    bodyStart = at
  }

  var isEmpty: Bool { fields.isEmpty }

  /// The first field of that name, given in lower case, with its encoded words as text.
  subscript(name: String) -> String? {
    guard let bytes = fields.first(where: { $0.name == name })?.value else { return nil }
    let raw = (try? DecodedText(bytes).text) ?? String(decoding: bytes, as: UTF8.self)
    return Self.decoded(raw).trimmed
  }

  /// The value of a field of the form `value; name="…"`, in lower case, and one of its parameters.
  func parameter(_ parameter: String, of name: String) -> String? {
    guard let value = self[name] else { return nil }
    for part in value.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, String(pair[0]).trimmed.lowercased() == parameter else { continue }
      return String(pair[1].drop { $0 == " " }).unquoted
    }
    return nil
  }

  func value(of name: String) -> String? {
    self[name]?.split(separator: ";").first.map { String($0).trimmed.lowercased() }
  }

  private static func decoded(_ text: String) -> String {
    guard text.contains("=?") else { return text }
    var out = ""
    var rest = text[...]
    var wasEncoded = false
    while let start = rest.firstRange(of: "=?") {
      let parts = rest[start.upperBound...].split(
        separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, parts[3].hasPrefix("="), let word = word(parts) else { break }
      let between = rest[..<start.lowerBound]
      // White space between two encoded words is not part of the text.
      if !(wasEncoded && between.allSatisfy(\.isWhitespace)) { out += between }
      out += word
      rest = parts[3].dropFirst()
      wasEncoded = true
    }
    return out + rest
  }

  private static func word(_ parts: [Substring]) -> String? {
    let bytes =
      parts[1].lowercased() == "b"
      ? TransferEncoding.base64(parts[2].utf8)
      : TransferEncoding.quotedPrintable(
        parts[2].utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 })
    return Converter(from: String(parts[0].prefix { $0 != "*" }))?.text(of: bytes[...])
  }
}

extension String {
  fileprivate var unquoted: String {
    guard count >= 2, hasPrefix("\"") else { return trimmed }
    return String(dropFirst().prefix { $0 != "\"" })
  }
}

/// The encodings in which mails carry bytes (RFC 2045, section 6).
enum TransferEncoding {
  static func decode(_ bytes: ArraySlice<UInt8>, _ name: String?) -> [UInt8] {
    switch name {
    case "base64": base64(bytes)
    case "quoted-printable": quotedPrintable(Array(bytes))
    default: Array(bytes)
    }
  }

  /// Bytes outside the alphabet are passed over, as RFC 2045 demands.
  static func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      case UInt8(ascii: "="): return out
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "=") else {
        out.append(bytes[at])
        at += 1
        continue
      }
      if at + 2 < bytes.count + 0, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) {
        out.append(high << 4 | low)
        at += 3
      } else if let end = bytes[at...].firstIndex(of: 0x0A),
        bytes[(at + 1)..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
      {
        at = end + 1
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
  }
}
