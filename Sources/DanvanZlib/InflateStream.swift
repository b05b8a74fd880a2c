internal import CZlib

/// Inflates bare deflate data (RFC 1951), as zip archives hold it, piece by piece in constant memory.
public final class InflateStream {
  private let stream: ZStream
  /// Whether the last block has been read; what follows is not of this stream.
  public private(set) var isComplete = false

  /// Throws `ZlibError.outOfMemory`.
  public init() throws(ZlibError) { stream = try ZStream(inflating: .raw) }

  /// Inflates from the start of `input` into `output`, as far as both go in one step; returns how
  /// many bytes were read and written. Throws `ZlibError.corrupt` with what zlib says of the bytes.
  public func inflate(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(ZlibError) -> (read: Int, written: Int) {
    if isComplete { return (0, 0) }
    let wanted = min(input.count, 1 << 30)
    let room = min(output.count, 1 << 30)
    stream.pointer.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointer.pointee.avail_in = UInt32(wanted)
    stream.pointer.pointee.next_out = output.baseAddress
    stream.pointer.pointee.avail_out = UInt32(room)
    let result = CZlib.inflate(stream.pointer, Z_NO_FLUSH)
    switch result {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isComplete = true
    default: throw ZStream.failure(result, stream.pointer)
    }
    return (
      wanted - Int(stream.pointer.pointee.avail_in), room - Int(stream.pointer.pointee.avail_out)
    )
  }
}

/// The CRC-32 of zip and gzip, taken piece by piece.
public struct CRC32: Sendable {
  public private(set) var value: UInt32 = 0

  public init() {}

  public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    value = UInt32(
      truncatingIfNeeded: crc32_z(UInt(value), bytes.baseAddress, bytes.count))
  }
}
