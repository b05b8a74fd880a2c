import DanvanZlib
import Testing

@Suite struct ZlibTests {
  /// Text-like bytes, so that there is something to compress.
  static func sample(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: 97 + ($0 / 3 &* 7 ^ $0 / 50) % 26) }
  }

  @Test(arguments: [0, 1, 100, 65_535, 65_536, 65_537, 3_000_000], [-3, 1, 6, 9, 20])
  func whatWasCompressedComesBack(count: Int, level: Int) throws {
    let bytes = Self.sample(count)
    let stream = try Zlib.compress(bytes, level: level)
    #expect(try Zlib.inflate(stream, length: count) == bytes)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let stream: [UInt8]
    let length: Int
    let isExpected: @Sendable (ZlibError) -> Bool
  }

  static func faults() throws -> [Fault] {
    let bytes = sample(2_000)
    let stream = try Zlib.compress(bytes)
    func fault(
      _ name: String, _ stream: [UInt8], _ length: Int = 2_000,
      _ isExpected: @escaping @Sendable (ZlibError) -> Bool
    ) -> Fault {
      Fault(testDescription: name, stream: stream, length: length, isExpected: isExpected)
    }
    let isCorrupt: @Sendable (ZlibError) -> Bool = {
      if case .corrupt = $0 { true } else { false }
    }
    var badSum = stream
    badSum[stream.count - 1] ^= 1
    var withDictionary = stream
    withDictionary[1] = 0xbb  // FDICT set, header check made right
    return [
      fault("empty", []) { $0 == .truncated },
      fault("cut in the header", Array(stream.prefix(1))) { $0 == .truncated },
      fault("cut in the middle", Array(stream.prefix(40))) { $0 == .truncated },
      fault("cut in the checksum", Array(stream.dropLast())) { $0 == .truncated },
      fault("a byte too many", stream + [0]) { $0 == .trailingBytes(1) },
      fault("two streams", stream + stream) { $0 == .trailingBytes(stream.count) },
      fault("declared too short", stream, 1_999) { $0 == .lengthMismatch(declared: 1_999) },
      fault("declared too long", stream, 2_001) { $0 == .lengthMismatch(declared: 2_001) },
      fault("declared as nothing", stream, 0) { $0 == .lengthMismatch(declared: 0) },
      fault("declared as less than nothing", stream, -1) { $0 == .lengthMismatch(declared: -1) },
      fault("wrong checksum", badSum, isExpected: isCorrupt),
      fault("gzip", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0], isExpected: isCorrupt),
      fault("raw deflate", [0x4b, 0x4c, 0x04, 0x00], isExpected: isCorrupt),
      fault("noise", [0xff, 0xff, 0xff, 0xff], isExpected: isCorrupt),
      fault("preset dictionary", withDictionary) { $0 == .needsDictionary },
    ]

    func fault(
      _ name: String, _ stream: [UInt8], isExpected: @escaping @Sendable (ZlibError) -> Bool
    ) -> Fault { fault(name, stream, 2_000, isExpected) }
  }

  @Test(arguments: try faults())
  func aFaultIsNamed(fault: Fault) {
    let error = #expect(throws: ZlibError.self) {
      try Zlib.inflate(fault.stream, length: fault.length)
    }
    #expect(error.map(fault.isExpected) == true, "\(String(describing: error))")
  }

  @Test func aBombIsLeftAtItsDeclaredLength() throws {
    let bomb = try Zlib.compress([UInt8](repeating: 0, count: 8_000_000), level: 9)
    #expect(throws: ZlibError.lengthMismatch(declared: 70_000)) {
      try Zlib.inflate(bomb, length: 70_000)
    }
  }

  @Test func aPresetDictionaryIsAskedForByItsNumber() throws {
    let dictionary = Self.sample(5_000)
    let bytes = Array(Self.sample(9_000).reversed()) + dictionary
    let stream = try Zlib.compress(bytes, dictionary: dictionary)
    #expect(Zlib.dictionaryID(of: stream) == Zlib.adler32(dictionary))
    func inflate(_ stream: [UInt8], _ length: Int, _ preset: [UInt8]?) throws -> [UInt8] {
      try Zlib.inflate(stream, length: length) { id in
        id == Zlib.adler32(dictionary) ? preset : nil
      }
    }
    #expect(try inflate(stream, bytes.count, dictionary) == bytes)
    func fails(_ expected: ZlibError, _ stream: [UInt8], _ preset: [UInt8]?, length: Int? = nil) {
      #expect(throws: expected) { try inflate(stream, length ?? bytes.count, preset) }
    }
    fails(.needsDictionary, stream, nil)
    fails(.trailingBytes(2), stream + [0, 0], dictionary)
    for count in 1...4 { fails(.truncated, stream.dropLast(count), dictionary) }
    fails(.lengthMismatch(declared: 13_999), stream, dictionary, length: 13_999)
    fails(.lengthMismatch(declared: 14_001), stream, dictionary, length: 14_001)
    var badSum = stream
    badSum[stream.count - 1] ^= 1
    fails(.corrupt("incorrect data check"), badSum, dictionary)
    // Another dictionary under the same number gives other bytes, which the sum tells.
    fails(.corrupt("incorrect data check"), stream, dictionary.map { $0 ^ 1 })
  }
}
