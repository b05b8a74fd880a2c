import CZlib

/// Inflates a gzip file piece by piece, in constant memory; a file of several members reads as one.
public final class GunzipStream {
  public enum Fault: Error, Equatable {
    /// What zlib says of the bytes, or that something else follows the last member.
    case corrupt(String)
    case outOfMemory
  }

  // zlib keeps the address of its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isBetweenMembers = false
  private var isPadding = false

  public init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      stream.deallocate()
      throw Fault.outOfMemory
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Whether the file may end here: after a member that is whole.
  public var isComplete: Bool { isBetweenMembers }

  /// Inflates from the start of `input` into `output`, as far as both go in one step.
  ///
  /// Returns how many bytes were read and written. Call it again with what is left, and at the end
  /// with no input, until nothing is written.
  public func inflate(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws -> (read: Int, written: Int) {
    var skipped = 0
    if isBetweenMembers, try !skipToMember(input, &skipped) { return (skipped, 0) }
    let wanted = min(input.count - skipped, 1 << 30)
    let room = min(output.count, 1 << 30)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + skipped })
    stream.pointee.avail_in = UInt32(wanted)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(room)
    switch CZlib.inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    case Z_MEM_ERROR: throw Fault.outOfMemory
    default: throw Fault.corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "not gzip data")
    }
    return (
      skipped + wanted - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out)
    )
  }

  /// Goes past zero padding to the next member; false where the input ends before one.
  private func skipToMember(_ input: UnsafeBufferPointer<UInt8>, _ read: inout Int) throws -> Bool {
    while read < input.count, input[read] == 0 {
      isPadding = true
      read += 1
    }
    guard read < input.count else { return false }
    guard input[read] == 0x1F, !isPadding, inflateReset(stream) == Z_OK else {
      throw Fault.corrupt("something else follows the compressed data")
    }
    isBetweenMembers = false
    return true
  }
}
