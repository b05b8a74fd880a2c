import DanvanRPC
import Foundation

/// A socket for bytes as they are, to say what a client of ours would not.
final class RawConnection {
  struct Frame: Equatable {
    let header: FrameHeader
    let data: [UInt8]
  }

  let number: Int32
  private var input: [UInt8] = []

  init(_ path: String) throws {
    number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(number) }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// The next frame; nil at the end of the connection or when nothing comes.
  func frame() -> Frame? {
    while true {
      if let header = FrameHeader(input), input.count >= FrameHeader.count + header.length {
        let data = Array(input[FrameHeader.count..<FrameHeader.count + header.length])
        input.removeFirst(FrameHeader.count + header.length)
        return Frame(header: header, data: data)
      }
      var piece = [UInt8](repeating: 0, count: 65_536)
      let count = read(number, &piece, piece.count)
      guard count > 0 else { return nil }
      input += piece[..<count]
    }
  }

  /// Whether the server closes within the socket's patience.
  var isClosedByServer: Bool {
    while true {
      var piece = [UInt8](repeating: 0, count: 65_536)
      let count = read(number, &piece, piece.count)
      if count == 0 { return true }
      if count < 0 { return errno == ECONNRESET }
    }
  }
}

/// Bytes from hexadecimal digits.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.utf8.compactMap { UInt8(ascii: $0) }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension UInt8 {
  fileprivate init?(ascii: UInt8) {
    guard let value = Character(UnicodeScalar(ascii)).hexDigitValue else { return nil }
    self.init(value)
  }
}

/// A frame's bytes.
func frame(_ stream: UInt32, _ type: UInt8, _ flags: UInt8, _ data: [UInt8] = []) -> [UInt8] {
  var bytes: [UInt8] = []
  FrameHeader(length: data.count, stream: stream, type: type, flags: flags).append(to: &bytes)
  return bytes + data
}

/// The envelope of a request to the echo server.
func request(_ method: String, _ payload: [UInt8] = [], service: String = "bench.Bench")
  -> [UInt8]
{
  [0x0a, UInt8(service.utf8.count)] + Array(service.utf8) + [0x12, UInt8(method.utf8.count)]
    + Array(method.utf8) + (payload.isEmpty ? [] : [0x1a, UInt8(payload.count)] + payload)
}
