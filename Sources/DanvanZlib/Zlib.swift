internal import CZlib

/// Whole zlib streams (RFC 1950) in memory.
public enum Zlib {
  /// What no deflate stream can exceed: bytes out for a byte in.
  public static let greatestRatio = 1_032

  /// Compresses `bytes` into one zlib stream; `level` is clamped to 1 (fast) ... 9 (small). With a
  /// preset `dictionary` (of at most 32 KiB) the stream can be inflated with the same one only.
  ///
  /// Throws `ZlibError.outOfMemory`, and nothing else.
  public static func compress(
    _ bytes: [UInt8], level: Int = 6, dictionary: [UInt8]? = nil
  ) throws(ZlibError) -> [UInt8] {
    let stream = try ZStream(deflateLevel: Int32(min(max(level, 1), 9)))
    if let dictionary {
      let taken = dictionary.withUnsafeBufferPointer {
        deflateSetDictionary(stream.pointer, $0.baseAddress, UInt32(clamping: $0.count))
      }
      guard taken == Z_OK else { throw .outOfMemory }
    }
    let capacity = Int(deflateBound(stream.pointer, UInt(bytes.count)))
    var result: Int32 = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      bytes.withUnsafeBufferPointer { input in
        // zlib counts in 32 bits; longer input is fed in pieces.
        var taken = 0
        repeat {
          let piece = min(input.count - taken, 1 << 30)
          stream.pointer.pointee.next_in =
            input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + taken) }
          stream.pointer.pointee.avail_in = UInt32(piece)
          stream.pointer.pointee.next_out = output.baseAddress.map { $0 + count }
          let room = min(output.count - count, Int(UInt32.max))
          stream.pointer.pointee.avail_out = UInt32(room)
          taken += piece
          result = deflate(stream.pointer, taken == input.count ? Z_FINISH : Z_NO_FLUSH)
          count += room - Int(stream.pointer.pointee.avail_out)
        } while result == Z_OK && taken < input.count
      }
    }
    guard result == Z_STREAM_END else { throw .outOfMemory }
    return output
  }

  /// Inflates one zlib stream that must hold exactly `length` bytes and end exactly at its end.
  ///
  /// Memory grows with what has been inflated, to at most four times of it, and never beyond
  /// `length`. `dictionary` is asked for the preset dictionary of an Adler-32, where the stream needs
  /// one. Throws `ZlibError` for anything else than that one stream.
  public static func inflate(
    _ stream: [UInt8], length: Int, dictionary: (UInt32) -> [UInt8]? = { _ in nil }
  ) throws(ZlibError) -> [UInt8] {
    // Typed throws do not pass through the buffer closure.
    try stream.withUnsafeBytes { bytes in
      Result { () throws(ZlibError) in
        try inflate(bytes, length: length, dictionary: dictionary)
      }
    }.get()
  }

  /// The Adler-32 of the preset dictionary that a stream needs; nil where it needs none.
  public static func dictionaryID(of stream: [UInt8]) -> UInt32? {
    stream.withUnsafeBytes(dictionaryID(of:))
  }

  /// The number by which a stream names its preset dictionary.
  public static func adler32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: CZlib.adler32(1, $0.baseAddress, UInt32(clamping: $0.count)))
    }
  }

  /// The same for borrowed bytes, which must stay as they are during the call.
  public static func inflate(
    _ bytes: UnsafeRawBufferPointer, length: Int, dictionary: (UInt32) -> [UInt8]? = { _ in nil }
  ) throws(ZlibError) -> [UInt8] {
    guard bytes.count <= Int(UInt32.max), length >= 0 else {
      throw .lengthMismatch(declared: length)
    }
    // With a preset dictionary zlib would sum up the whole dictionary for each stream; who gave it by its
    // number knows the sum. The sum of what comes out is held against the stream's end all the same.
    let preset = try dictionaryID(of: bytes).map { id throws(ZlibError) in
      guard let preset = dictionary(id) else { throw .needsDictionary }
      return preset
    }
    let body = preset == nil ? bytes : UnsafeRawBufferPointer(rebasing: bytes[presetHead...])
    let stream = try ZStream(inflating: preset == nil ? .zlib : .raw)
    if let preset {
      let isTaken = preset.withUnsafeBufferPointer {
        inflateSetDictionary(stream.pointer, $0.baseAddress, UInt32(clamping: $0.count)) == Z_OK
      }
      guard isTaken else { throw .outOfMemory }
    }
    stream.pointer.pointee.next_in = body.baseAddress.map {
      UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: UInt8.self))
    }
    stream.pointer.pointee.avail_in = UInt32(body.count)
    var output: [UInt8] = []
    // A stream's first bytes are cheap to believe; more room only as it proves itself.
    output.reserveCapacity(min(length, max(4 * bytes.count, step)))
    while true {
      let room = min(step, length - output.count)
      let (result, piece) = inflateStep(stream.pointer, room: room)
      guard piece.count <= room else { throw .lengthMismatch(declared: length) }
      let needed = output.count + piece.count
      if needed > output.capacity {
        output.reserveCapacity(needed >= length / 4 ? length : 2 * needed)
      }
      output.append(contentsOf: piece)
      switch result {
      case Z_STREAM_END:
        var rest = body.suffix(Int(stream.pointer.pointee.avail_in))
        if preset != nil {
          guard rest.count >= checksum else { throw .truncated }
          let sum = rest.prefix(checksum).reduce(0) { $0 << 8 | UInt32($1) }
          guard sum == adler32(output) else { throw .corrupt("incorrect data check") }
          rest = rest.dropFirst(checksum)
        }
        guard rest.isEmpty else { throw .trailingBytes(rest.count) }
        guard output.count == length else { throw .lengthMismatch(declared: length) }
        return output
      case Z_OK: continue
      default:
        throw ZStream.failure(result, stream.pointer)
      }
    }
  }

  /// A header with the number of a preset dictionary behind it, and the sum at a stream's end.
  private static let presetHead = 6
  private static let checksum = 4

  /// Nil also for what has no right head.
  private static func dictionaryID(of bytes: UnsafeRawBufferPointer) -> UInt32? {
    guard bytes.count >= presetHead, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0,
      bytes[0] & 0x0F == Z_DEFLATED, bytes[0] >> 4 <= 7, bytes[1] & 0x20 != 0
    else { return nil }
    return bytes[2..<presetHead].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static let step = 65_536

  /// One call of zlib's `inflate`. When the declared room is used up, one byte more is offered, so
  /// that the checksum is read and a stream that goes on is found out.
  private static func inflateStep(
    _ pointer: UnsafeMutablePointer<z_stream>, room: Int
  ) -> (Int32, [UInt8]) {
    var result: Int32 = Z_OK
    let capacity = max(room, 1)
    let piece = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      pointer.pointee.next_out = output.baseAddress
      pointer.pointee.avail_out = UInt32(capacity)
      result = CZlib.inflate(pointer, Z_NO_FLUSH)
      count = capacity - Int(pointer.pointee.avail_out)
    }
    return (result, piece)
  }
}
