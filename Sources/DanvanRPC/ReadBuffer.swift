internal import Glibc

/// Room for what one read brings. Its pages cost nothing before a read has filled them.
final class ReadBuffer {
  /// A frame of some hundred KiB comes whole, so that its data need not be gathered.
  private static let size = 262_144

  private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)

  deinit { bytes.deallocate() }

  var count: Int { bytes.count }

  /// Receives once; what came, valid until the next call, or the result of `recv` below one.
  func receive(from file: Int32, flags: Int32) -> (count: Int, bytes: UnsafeRawBufferPointer) {
    let count = recv(file, bytes.baseAddress, bytes.count, flags)
    return (count, UnsafeRawBufferPointer(rebasing: bytes[..<max(count, 0)]))
  }
}

/// Sends two pieces as one; the result of `sendmsg`, which does not wait and raises no signal.
func sendTogether(
  _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, to file: Int32
) -> Int {
  let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
  if second.isEmpty { return send(file, first.baseAddress, first.count, flags) }
  return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { pieces in
    pieces[0] = iovec(
      iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count)
    pieces[1] = iovec(
      iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
    var message = msghdr()
    message.msg_iov = pieces.baseAddress
    message.msg_iovlen = pieces.count
    return sendmsg(file, &message, flags)
  }
}
