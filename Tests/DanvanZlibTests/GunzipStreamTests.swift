import DanvanZlib
import Testing

@Suite struct GunzipStreamTests {
  /// "abc" and "def", each as gzip -9n writes it.
  static let abc: [UInt8] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0x4b, 0x4c, 0x4a, 6, 0, 0xc2, 0x41, 0x24, 0x35, 3, 0, 0, 0,
  ]
  static let def: [UInt8] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0x4b, 0x49, 0x4d, 3, 0, 0x61, 0xe1, 0xc4, 0x0c, 3, 0, 0, 0,
  ]

  /// Reads all of `file`, given out in pieces of `size` bytes.
  static func read(_ file: [UInt8], pieces size: Int) throws -> [UInt8] {
    let stream = try GunzipStream()
    var rest = file[...]
    var output: [UInt8] = []
    while true {
      let step = try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2) { room in
        let step = try Array(rest.prefix(size)).withUnsafeBufferPointer {
          try stream.inflate($0, into: room)
        }
        output += room.prefix(step.written)
        return step
      }
      rest = rest.dropFirst(step.read)
      if rest.isEmpty, step.written == 0 { break }
    }
    if !stream.isComplete { throw ZlibError.truncated }
    return output
  }

  static let pieces = [1, 2, 7, 23, 1_000]

  @Test(arguments: pieces)
  func oneMember(size: Int) throws {
    #expect(try Self.read(Self.abc, pieces: size) == Array("abc".utf8))
  }

  @Test(arguments: pieces)
  func membersFollowEachOther(size: Int) throws {
    #expect(try Self.read(Self.abc + Self.def + Self.abc, pieces: size) == Array("abcdefabc".utf8))
  }

  @Test(arguments: pieces)
  func paddingIsPassedOver(size: Int) throws {
    let padded = Self.abc + [UInt8](repeating: 0, count: 600)
    #expect(try Self.read(padded, pieces: size) == Array("abc".utf8))
  }

  @Test(arguments: Array(0..<abc.count), pieces)
  func aFileCutAnywhereIsTruncated(end: Int, size: Int) {
    #expect(throws: ZlibError.truncated) {
      try Self.read(Array(Self.abc.prefix(end)), pieces: size)
    }
    if end > 0 {
      #expect(throws: ZlibError.truncated) {
        try Self.read(Self.abc + Self.def.prefix(end), pieces: size)
      }
    }
  }

  @Test(arguments: ["plain text", "\u{1f}"])
  func whatIsNotGzipIsCorruptOrCut(text: String) {
    #expect(throws: ZlibError.self) { try Self.read(Array(text.utf8), pieces: 100) }
  }

  @Test func aWrongChecksumIsCorrupt() {
    var wrong = Self.abc
    wrong[16] ^= 1
    let error = #expect(throws: ZlibError.self) { try Self.read(wrong, pieces: 100) }
    guard case .corrupt = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [0, 1, 100, 70_000, 300_000])
  func whatGzipStreamWritesIsReadAgain(count: Int) throws {
    let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let gzip = try GzipStream()
    var file: [UInt8] = []
    for start in stride(from: 0, to: count, by: 9_999) {
      file += try gzip.deflate(Array(content[start..<min(start + 9_999, count)]))
    }
    file += try gzip.deflate([], ends: true)
    #expect(try Self.read(file, pieces: 1_000) == content)
  }
}
