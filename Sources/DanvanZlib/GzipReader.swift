internal import CZlib

/// Reads a gzip file (RFC 1952) of one or more members piece by piece, in constant memory.
public final class GzipReader {
  /// Fills the buffer from the file beneath; returns the bytes written, 0 at the end.
  public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

  private let source: Source
  private var stream: ZStream
  private var input = [UInt8](repeating: 0, count: 65_536)
  private var unread = 0..<0
  private var atMemberStart = true
  private var sawMember = false
  private var ended = false

  /// Throws `ZlibError.outOfMemory`.
  public init(source: @escaping Source) throws(ZlibError) {
    self.source = source
    stream = try ZStream(inflating: .gzip)
  }

  /// The next bytes, at most 64 KiB, or nil after the end of the last member.
  ///
  /// Throws `ZlibError.truncated` when the file ends within a member, `.corrupt` when it is not
  /// gzip or a checksum is wrong, and what `source` throws. Zero bytes after the last member
  /// (tape padding) are passed over.
  public func next() throws -> [UInt8]? {
    while !ended {
      if unread.isEmpty { try fill() }
      if atMemberStart {
        if sawMember { skipPadding() }
        if unread.isEmpty {
          let more = try fill()
          if !more {
            ended = true
            guard sawMember else { throw ZlibError.truncated }
            return nil
          }
          continue
        }
        guard inflateReset(stream.pointer) == Z_OK else { throw ZlibError.outOfMemory }
        atMemberStart = false
      }
      if unread.isEmpty { throw ZlibError.truncated }
      let piece = try inflatePiece()
      if !piece.isEmpty { return piece }
    }
    return nil
  }

  @discardableResult
  private func fill() throws -> Bool {
    let count = try input.withUnsafeMutableBytes { try source($0) }
    unread = 0..<min(max(count, 0), input.count)
    return !unread.isEmpty
  }

  private func skipPadding() {
    while let first = unread.first, input[first] == 0 { unread.removeFirst() }
  }

  private func inflatePiece() throws(ZlibError) -> [UInt8] {
    var result: Int32 = Z_OK
    let capacity = 65_536
    let pointer = stream.pointer
    let piece = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      input.withUnsafeMutableBufferPointer { bytes in
        pointer.pointee.next_in = bytes.baseAddress.map { $0 + unread.lowerBound }
        pointer.pointee.avail_in = UInt32(unread.count)
        pointer.pointee.next_out = output.baseAddress
        pointer.pointee.avail_out = UInt32(capacity)
        result = inflate(pointer, Z_NO_FLUSH)
      }
      count = capacity - Int(pointer.pointee.avail_out)
    }
    unread = (unread.upperBound - Int(pointer.pointee.avail_in))..<unread.upperBound
    switch result {
    case Z_STREAM_END:
      atMemberStart = true
      sawMember = true
    case Z_OK, Z_BUF_ERROR:
      break
    default:
      throw ZStream.failure(result, pointer)
    }
    return piece
  }
}
