import DanvanModel

/// Reads tar archives: POSIX ustar and pax, GNU long names, and the old V7 form.
final class TarArchive: Archive {
  private let bytes: InputBytes
  private var content: Content?
  private static let block = 512
  /// A name or header record longer than this is no honest one.
  private static let headerLimit: Int64 = 1 << 20

  init(_ bytes: InputBytes) { self.bytes = bytes }

  /// Whether a block is a tar header: its checksum says so.
  static func begins(_ head: [UInt8]) -> Bool {
    guard head.count == block, head[0] != 0, let stated = octal(head[148..<156]) else {
      return false
    }
    let sum = head.enumerated().reduce(0) {
      $0 + ((148..<156).contains($1.offset) ? 32 : Int64($1.element))
    }
    return sum == stated
  }

  /// Bytes behind the end mark that may be padding.
  private static let longestPadding = 256 << 20

  func next() throws(DanvanError) -> ArchiveMember? {
    try content?.finish()
    content = nil
    var longName: String?
    while let header = try bytes.take(Self.block, of: "a tar header") {
      if header.allSatisfy({ $0 == 0 }) {
        // What comes behind the end mark is padding; but a gzip around it has its checksum there.
        bytes.allowance = Self.longestPadding
        try bytes.skip(.max)
        return nil
      }
      guard Self.begins(header), let size = Self.size(header[124..<136]) else {
        throw DanvanError(.dataLoss, "corrupt tar: a header fails its checksum")
      }
      let name = longName ?? Self.name(header)
      let content = Content(bytes, size: size)
      switch header[156] {
      case UInt8(ascii: "L"): longName = try Self.text(content).map(Self.untilZero)
      case UInt8(ascii: "x"): longName = try Self.paxPath(content) ?? longName
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
        // The V7 form marks a folder by the slash at the end of its name.
        if name.hasSuffix("/") {
          try content.finish()
        } else {
          self.content = content
          return ArchiveMember(name: name, bytes: .success(content))
        }
        longName = nil
      default:
        try content.finish()
        if header[156] != UInt8(ascii: "g"), header[156] != UInt8(ascii: "K") { longName = nil }
      }
    }
    throw DanvanError(.dataLoss, "truncated: the archive ends without its end mark")
  }

  private static func name(_ header: [UInt8]) -> String {
    let own = untilZero(header[0..<100])
    let isUstar = header[257..<262].elementsEqual("ustar".utf8)
    let prefix = isUstar ? untilZero(header[345..<500]) : ""
    return prefix.isEmpty ? own : prefix + "/" + own
  }

  private static func untilZero(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    guard !digits.isEmpty, digits.count <= 12 else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x37).contains(digit) else { return nil }
      value = value << 3 | Int64(digit - 0x30)
    }
    return value
  }

  /// Octal, or GNU's binary form for what octal cannot hold.
  private static func size(_ field: ArraySlice<UInt8>) -> Int64? {
    guard let first = field.first, first & 0x80 != 0 else {
      return field.allSatisfy { $0 == 0 || $0 == 0x20 } ? 0 : octal(field)
    }
    guard first == 0x80, field.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
    let value = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(exactly: value)
  }

  private static func text(_ content: Content) throws(DanvanError) -> [UInt8]? {
    guard content.size <= headerLimit else {
      throw DanvanError(.dataLoss, "corrupt tar: a name of \(content.size) bytes")
    }
    var text: [UInt8] = []
    while true {
      let piece = try content.read()
      if piece.isEmpty { break }
      text += piece
    }
    try content.finish()
    return text
  }

  /// The `path` of a pax header: records of `length key=value`, each with a line feed.
  private static func paxPath(_ content: Content) throws(DanvanError) -> String? {
    guard let text = try text(content) else { return nil }
    for record in text.split(separator: 0x0A) {
      guard let space = record.firstIndex(of: 0x20) else { continue }
      let field = record[record.index(after: space)...]
      if field.starts(with: "path=".utf8) {
        return String(decoding: field.dropFirst(5), as: UTF8.self)
      }
    }
    return nil
  }

  /// The bytes of one member, without the padding behind them.
  private final class Content: ByteSource {
    private let bytes: InputBytes
    let size: Int64
    private var left: Int64

    init(_ bytes: InputBytes, size: Int64) {
      self.bytes = bytes
      self.size = size
      left = size
    }

    func read() throws(DanvanError) -> [UInt8] {
      if left == 0 { return [] }
      let piece = try bytes.withNext { buffer throws(DanvanError) in
        let count = Int(min(Int64(buffer.count), left))
        return (count, Array(buffer[..<count]))
      }
      guard let piece else {
        throw DanvanError(.dataLoss, "truncated: the archive ends inside this member")
      }
      left -= Int64(piece.count)
      return piece
    }

    func finish() throws(DanvanError) {
      let padding = (Int64(block) - size % Int64(block)) % Int64(block)
      try bytes.skip(left + padding)
      left = 0
    }
  }
}
