internal import CZlib

/// Inflates a gzip file piece by piece, in constant memory; a file of several members reads as one.
public final class GunzipStream {
  private let stream: ZStream
  private var isBetweenMembers = false
  private var isPadding = false

  /// Throws `ZlibError.outOfMemory`.
  public init() throws(ZlibError) { stream = try ZStream(inflating: .gzip) }

  /// Whether the file may end here: after a member that is whole.
  public var isComplete: Bool { isBetweenMembers }

  /// Inflates from the start of `input` into `output`, as far as both go in one step.
  ///
  /// Returns how many bytes were read and written. Call it again with what is left, and at the end
  /// with no input, until nothing is written. Throws `ZlibError.corrupt` with what zlib says of the
  /// bytes, or that something else follows the last member.
  public func inflate(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(ZlibError) -> (read: Int, written: Int) {
    var skipped = 0
    if isBetweenMembers, try !skipToMember(input, &skipped) { return (skipped, 0) }
    let wanted = min(input.count - skipped, 1 << 30)
    let room = min(output.count, 1 << 30)
    stream.pointer.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress.map { $0 + skipped })
    stream.pointer.pointee.avail_in = UInt32(wanted)
    stream.pointer.pointee.next_out = output.baseAddress
    stream.pointer.pointee.avail_out = UInt32(room)
    let result = CZlib.inflate(stream.pointer, Z_NO_FLUSH)
    switch result {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default: throw ZStream.failure(result, stream.pointer)
    }
    return (
      skipped + wanted - Int(stream.pointer.pointee.avail_in),
      room - Int(stream.pointer.pointee.avail_out)
    )
  }

  /// Goes past zero padding to the next member; false where the input ends before one.
  private func skipToMember(_ input: UnsafeBufferPointer<UInt8>, _ read: inout Int)
    throws(ZlibError)
    -> Bool
  {
    while read < input.count, input[read] == 0 {
      isPadding = true
      read += 1
    }
    guard read < input.count else { return false }
    guard input[read] == 0x1F, !isPadding, inflateReset(stream.pointer) == Z_OK else {
      throw ZlibError.corrupt("something else follows the compressed data")
    }
    isBetweenMembers = false
    return true
  }
}
