internal import CZlib

/// Deflates into a gzip file (RFC 1952) piece by piece, in constant memory.
public final class GzipStream {
  private let stream: ZStream
  private var room = [UInt8](repeating: 0, count: 64 << 10)

  /// `level` is 1 (fast) to 9 (small). Throws `ZlibError.outOfMemory`.
  public init(level: Int32 = 6) throws(ZlibError) { stream = try ZStream(gzipLevel: level) }

  /// The next bytes of the file for these of the content; with `ends`, the file's end too. Nothing may
  /// follow that.
  public func deflate(_ input: [UInt8], ends: Bool = false) throws(ZlibError) -> [UInt8] {
    var output: [UInt8] = []
    var failure: ZlibError?
    input.withUnsafeBufferPointer { bytes in
      stream.pointer.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      stream.pointer.pointee.avail_in = UInt32(bytes.count)
      failure = run(ends ? Z_FINISH : Z_NO_FLUSH, &output)
    }
    if let failure { throw failure }
    return output
  }

  private func run(_ flush: Int32, _ output: inout [UInt8]) -> ZlibError? {
    while true {
      let result = room.withUnsafeMutableBufferPointer { buffer in
        stream.pointer.pointee.next_out = buffer.baseAddress
        stream.pointer.pointee.avail_out = UInt32(buffer.count)
        return CZlib.deflate(stream.pointer, flush)
      }
      guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
        return ZStream.failure(result, stream.pointer)
      }
      let written = room.count - Int(stream.pointer.pointee.avail_out)
      output += room[..<written]
      // Room was left, so zlib has nothing more for now.
      if written < room.count { return nil }
    }
  }
}
