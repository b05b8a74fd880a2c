import CLibxml2

/// A feed's text with every `&` read as people mean it: XML knows five names, and a parser that goes on
/// after faults would drop all others, and the parameters of a bare address, without a word.
///
/// Names that HTML knows become their characters; what begins no reference stands for itself, as in HTML.
/// Nothing that a document type declares is ever put in.
struct XMLReferences {
  let text: String
  /// The first name that stands as it is; nil where there is none.
  let unknown: String?

  private static let ofXML = ["amp", "lt", "gt", "quot", "apos"].map { Array($0.utf8) }
  private static let nameLimit = 32

  /// Takes one pass.
  init(_ source: String) {
    guard source.utf8.contains(UInt8(ascii: "&")) else {
      (text, unknown) = (source, nil)
      return
    }
    let bytes = Array(source.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 1024)
    var unknown: String?
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "<"), bytes[at...].starts(with: "![CDATA[".utf8) {
        // What is escaped there is markup, and read as that later.
        let end = Self.end(ofSectionAt: at, in: bytes)
        out += bytes[(at - 1)..<end]
        at = end
      } else if byte == UInt8(ascii: "&") {
        let name = bytes[at...].prefix(Self.nameLimit).prefix(while: Self.isOfName)
        let isClosed = name.endIndex < bytes.count && bytes[name.endIndex] == UInt8(ascii: ";")
        if isClosed, name.first == UInt8(ascii: "#") || Self.ofXML.contains(Array(name)) {
          out.append(byte)
        } else if isClosed, let scalar = Self.scalar(ofHTML: name) {
          out += "&#\(scalar)".utf8
          at = name.endIndex
        } else {
          out += "&amp;".utf8
          if isClosed, !name.isEmpty { unknown = unknown ?? String(decoding: name, as: UTF8.self) }
        }
      } else {
        out.append(byte)
      }
    }
    self.unknown = unknown
    text = String(decoding: out, as: UTF8.self)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "#"):
      true
    default: false
    }
  }

  private static func end(ofSectionAt start: Int, in bytes: [UInt8]) -> Int {
    var at = start
    while at + 3 <= bytes.count {
      if bytes[at] == UInt8(ascii: "]"), bytes[at...].starts(with: "]]>".utf8) { return at + 3 }
      at += 1
    }
    return bytes.count
  }

  /// The number of the character that HTML has by this name.
  private static func scalar(ofHTML name: ArraySlice<UInt8>) -> UInt32? {
    (name + [0]).withUnsafeBufferPointer {
      guard let start = $0.baseAddress else { return nil }
      return htmlEntityLookup(start)?.pointee.value
    }
  }
}
