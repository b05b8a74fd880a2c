import Glibc

/// A conversion to UTF-8 by iconv(3), with the tables of the C library.
final class Converter {
  private let descriptor: iconv_t

  /// Nil for an encoding that iconv does not know.
  init?(from encoding: String) {
    // The suffixes `//TRANSLIT` and `//IGNORE` would let bad bytes through.
    guard encoding.utf8.count <= 40, !encoding.contains("/"), !encoding.utf8.contains(0),
      let opened = iconv_open("UTF-8", encoding), opened != iconv_t(bitPattern: -1)
    else { return nil }
    descriptor = opened
  }

  deinit { iconv_close(descriptor) }

  /// The whole of the bytes as text; nil where they are not of the encoding.
  func text(of bytes: ArraySlice<UInt8>) -> String? {
    var input = Array(bytes)
    // No encoding makes more than three bytes of one, nor more than four of a code unit.
    let capacity = input.count * 4 + 16
    var failed = false
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      input.withUnsafeMutableBytes { input in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        var room = capacity
        output.withMemoryRebound(to: CChar.self) { output in
          var to = output.baseAddress
          failed = iconv(descriptor, &from, &left, &to, &room) == Int(bitPattern: UInt.max)
          // The tables that compose letters hold the last one back.
          if !failed {
            failed = iconv(descriptor, nil, nil, &to, &room) == Int(bitPattern: UInt.max)
          }
        }
        count = capacity - room
      }
    }
    return failed ? nil : String(validating: output, as: UTF8.self)
  }
}
