/// The ten bytes before every frame's data.
public struct FrameHeader: Sendable, Equatable {
  public static let count = 10

  /// Bytes of data that follow.
  public let length: Int
  public let stream: UInt32
  public let type: UInt8
  public let flags: UInt8

  public init(length: Int, stream: UInt32, type: UInt8, flags: UInt8) {
    self.length = length
    self.stream = stream
    self.type = type
    self.flags = flags
  }

  /// Reads the first ten bytes; nil when there are fewer.
  public init?(_ bytes: some RandomAccessCollection<UInt8>) {
    guard bytes.count >= Self.count else { return nil }
    var rest = bytes.makeIterator()
    func word() -> UInt32 { (0..<4).reduce(0) { word, _ in word << 8 | UInt32(rest.next() ?? 0) } }
    length = Int(word())
    stream = word()
    type = rest.next() ?? 0
    flags = rest.next() ?? 0
  }

  /// Appends the ten bytes; `length` must fit 32 bits.
  public func append(to bytes: inout [UInt8]) {
    bytes.appendBigEndian(UInt32(truncatingIfNeeded: length))
    bytes.appendBigEndian(stream)
    bytes.append(type)
    bytes.append(flags)
  }
}

/// The message types.
public enum FrameType {
  public static let request: UInt8 = 1
  public static let response: UInt8 = 2
  public static let data: UInt8 = 3
  public static let cancel: UInt8 = 0x81
  public static let credit: UInt8 = 0x82
  public static let ping: UInt8 = 0x83
  public static let goaway: UInt8 = 0x84
}

/// The flag bits; which of them mean something depends on the type.
public enum FrameFlags {
  /// Request and Data: the sender sends nothing more on this stream.
  public static let remoteClosed: UInt8 = 0x01
  /// Request: the sender goes on with Data.
  public static let remoteOpen: UInt8 = 0x02
  /// Request and Data: the frame carries no message.
  public static let noData: UInt8 = 0x04
  /// Ping: this is the answer.
  public static let reply: UInt8 = 0x01
  /// Request, Response and Data, after Hello: the data is compressed.
  public static let compressed: UInt8 = 0x80
}

extension [UInt8] {
  mutating func appendBigEndian(_ word: UInt32) {
    append(UInt8(truncatingIfNeeded: word >> 24))
    append(UInt8(truncatingIfNeeded: word >> 16))
    append(UInt8(truncatingIfNeeded: word >> 8))
    append(UInt8(truncatingIfNeeded: word))
  }
}

extension UnsafeRawBufferPointer {
  /// The four bytes at `offset`, most significant first; nil when they are not all there.
  func bigEndian(at offset: Int) -> UInt32? {
    guard offset >= 0, count - offset >= 4 else { return nil }
    return loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
  }
}
