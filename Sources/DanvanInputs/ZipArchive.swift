import DanvanModel
import DanvanZlib

/// Reads zip archives from front to back by their local headers (APPNOTE 6.3.9, sections 4.3.7 and
/// 4.3.9), so that they may come through a pipe: stored and deflated members, zip64 sizes. That a member
/// is a symbolic link, only the directory behind them says: it is a text that holds a path.
final class ZipArchive: Archive {
  private let bytes: InputBytes
  private var content: (any Finishing)?
  /// Over all members: a thousand of them may each stay just below what one may inflate to.
  private let guardian = InflationGuard(freeBytes: 1 << 30)

  fileprivate protocol Finishing: ByteSource {
    /// Moves to the end of the member.
    func finish() throws(DanvanError)
  }

  init(_ bytes: InputBytes) { self.bytes = bytes }

  static func begins(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  func next() throws(DanvanError) -> ArchiveMember? {
    try guardian.check()
    try content?.finish()
    content = nil
    while try Array(bytes.peek(4)) == [0x50, 0x4B, 0x03, 0x04] {
      guard let fixed = try bytes.take(30, of: "a zip header"),
        let name = try bytes.take(Int(le16(fixed, 26)), of: "a zip header"),
        let extra = try bytes.take(Int(le16(fixed, 28)), of: "a zip header")
      else { throw DanvanError(.dataLoss, "truncated: the archive ends inside a zip header") }
      let header = Header(fixed, extra)
      let label = String(decoding: name, as: UTF8.self)
      let content = try open(header)
      if label.hasSuffix("/") {
        try content.finish()
        continue
      }
      self.content = content
      return ArchiveMember(
        name: label, bytes: header.fault.map { .failure($0) } ?? .success(content))
    }
    try passDirectory()
    return nil
  }

  /// Moves to the end of the directory, which says nothing that is not known, but is there where the
  /// archive is whole.
  private func passDirectory() throws(DanvanError) {
    let what = "the directory of a zip"
    while true {
      let signature = Array(try bytes.peek(4))
      switch signature {
      case [0x50, 0x4B, 0x01, 0x02]:
        guard let entry = try bytes.take(46, of: what) else { return }
        _ = try bytes.take([28, 30, 32].reduce(0) { $0 + Int(le16(entry, $1)) }, of: what)
      case [0x50, 0x4B, 0x06, 0x06], [0x50, 0x4B, 0x06, 0x07]:
        // The end record of zip64, without its own room for extensions, and the one that points there.
        _ = try bytes.take(signature[3] == 6 ? 56 : 20, of: what)
      case [0x50, 0x4B, 0x05, 0x06]:
        _ = try bytes.take(22, of: what)
        return
      default:
        let isShort = signature.count < 4
        throw DanvanError(
          .dataLoss,
          isShort ? "truncated: the zip ends before its directory does" : "corrupt zip: no header")
      }
    }
  }

  private func open(_ header: Header) throws(DanvanError) -> any Finishing {
    if header.method == 8, !header.isEncrypted {
      return try Deflated(bytes, header, within: guardian)
    }
    guard !header.hasDescriptor else {
      throw DanvanError(
        .unimplemented, "a zip member without its size that is not deflated cannot be passed over")
    }
    return Stored(bytes, header)
  }

  fileprivate struct Header {
    let isEncrypted: Bool
    /// Whether sizes and checksum come behind the data.
    let hasDescriptor: Bool
    let method: UInt16
    let checksum: UInt32
    let packed: Int64
    let isZip64: Bool

    init(_ fixed: [UInt8], _ extra: [UInt8]) {
      let flags = le16(fixed, 6)
      isEncrypted = flags & 1 != 0
      hasDescriptor = flags & 8 != 0
      method = le16(fixed, 8)
      checksum = le32(fixed, 14)
      var packed = Int64(le32(fixed, 18))
      var isZip64 = false
      var at = 0
      while at + 4 <= extra.count {
        let length = Int(le16(extra, at + 2))
        // The uncompressed size stands first.
        if le16(extra, at) == 1, length >= 16, at + 20 <= extra.count {
          packed = Int64(
            clamping: UInt64(le32(extra, at + 12)) | UInt64(le32(extra, at + 16)) << 32)
          isZip64 = true
        }
        at += 4 + length
      }
      self.packed = packed
      self.isZip64 = isZip64
    }

    var fault: DanvanError? {
      if isEncrypted { return DanvanError(.unimplemented, "this zip member is encrypted") }
      if method != 0, method != 8 {
        return DanvanError(
          .unimplemented, "zip compression method \(method): only stored and deflated are read")
      }
      return nil
    }
  }

  private final class Stored: Finishing {
    private let bytes: InputBytes
    private let header: Header
    private var left: Int64
    private var checksum = CRC32()

    init(_ bytes: InputBytes, _ header: Header) {
      self.bytes = bytes
      self.header = header
      left = header.packed
    }

    func read() throws(DanvanError) -> [UInt8] {
      if left == 0 { return [] }
      let piece = try bytes.withNext { buffer throws(DanvanError) in
        let count = Int(min(Int64(buffer.count), left))
        let piece = UnsafeBufferPointer(rebasing: buffer[..<count])
        checksum.add(piece)
        return (count, Array(piece))
      }
      guard let piece else {
        throw DanvanError(.dataLoss, "truncated: the archive ends inside this member")
      }
      left -= Int64(piece.count)
      if left == 0 { try compare(checksum, header.checksum) }
      return piece
    }

    func finish() throws(DanvanError) {
      try bytes.skip(left)
      left = 0
    }
  }

  private final class Deflated: Finishing {
    private let bytes: InputBytes
    private let header: Header
    private let inflate: InflateStream
    private var checksum = CRC32()
    private let guardian = InflationGuard()
    /// Of the archive.
    private let whole: InflationGuard
    private var isFinished = false

    init(_ bytes: InputBytes, _ header: Header, within whole: InflationGuard) throws(DanvanError) {
      self.bytes = bytes
      self.header = header
      self.whole = whole
      do { inflate = try InflateStream() } catch {
        throw DanvanError(.resourceExhausted, "no memory to inflate")
      }
    }

    func read() throws(DanvanError) -> [UInt8] {
      let window = try step()
      try check()
      return window
    }

    private func check() throws(DanvanError) {
      try guardian.check()
      try whole.check()
    }

    private func step() throws(DanvanError) -> [UInt8] {
      while !isFinished {
        var used = 0
        let piece = try bytes.withNext { buffer throws(DanvanError) in
          let window = try inflated("zip", of: Array(buffer.prefix(64 << 10))[...]) {
            input, output in
            try inflate.inflate(input, into: output)
          } used: {
            used = $0
          }
          return (used, window)
        }
        guard let piece else {
          throw DanvanError(.dataLoss, "truncated: the archive ends inside this member")
        }
        for guardian in [guardian, whole] {
          guardian.packed += used
          guardian.inflated += piece.count
        }
        piece.withUnsafeBufferPointer { checksum.add($0) }
        if inflate.isComplete { try end() }
        if !piece.isEmpty { return piece }
      }
      return []
    }

    private func end() throws(DanvanError) {
      isFinished = true
      var stated = header.checksum
      if header.hasDescriptor {
        let isSigned = try Array(bytes.peek(4)) == [0x50, 0x4B, 0x07, 0x08]
        let length = (isSigned ? 8 : 4) + (header.isZip64 ? 16 : 8)
        guard let descriptor = try bytes.take(length, of: "a zip member's descriptor") else {
          throw DanvanError(.dataLoss, "truncated: the archive ends behind this member")
        }
        stated = le32(descriptor, isSigned ? 4 : 0)
      }
      try compare(checksum, stated)
    }

    func finish() throws(DanvanError) {
      // Where the size is known, what is left need not be inflated.
      if !header.hasDescriptor, !isFinished {
        try bytes.skip(header.packed - Int64(guardian.packed))
        isFinished = true
      }
      while !isFinished {
        _ = try step()
        try check()
      }
    }
  }
}

private func compare(_ found: CRC32, _ stated: UInt32) throws(DanvanError) {
  guard found.value == stated else {
    throw DanvanError(.dataLoss, "corrupt zip: this member fails its checksum")
  }
}

private func le16(_ bytes: [UInt8], _ at: Int) -> UInt16 {
  UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
}

private func le32(_ bytes: [UInt8], _ at: Int) -> UInt32 {
  UInt32(le16(bytes, at)) | UInt32(le16(bytes, at + 2)) << 16
}
