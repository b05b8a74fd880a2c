import DanvanModel

/// The bytes of one input, inflated where they are gzip, in a window that moves along.
final class InputBytes {
  private var source: any ByteSource
  private var window: [UInt8]
  private var start = 0
  /// Bytes that may still be read of the source before something is found in them.
  var allowance = Int.max
  let isCompressed: Bool
  static let windowSize = 256 << 10

  init(_ source: any ByteSource) throws(DanvanError) {
    // A pipe or an archive may give its first bytes one by one.
    var first: [UInt8] = []
    while first.count < 512 {
      let chunk = try source.read()
      if chunk.isEmpty { break }
      first += chunk
    }
    isCompressed = first.starts(with: [0x1F, 0x8B])
    if isCompressed {
      self.source = try GunzipBytes(source, first: first)
      window = []
    } else {
      self.source = source
      window = first
    }
  }

  /// Looks at what comes next, at least one byte; nil at the end. The closure returns how many of
  /// the bytes it has used and a result.
  func withNext<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(DanvanError) -> (used: Int, Result)
  ) throws(DanvanError) -> Result? {
    if start == window.count {
      window = try source.read()
      start = 0
      if window.isEmpty { return nil }
      allowance -= window.count
      guard allowance >= 0 else {
        throw DanvanError(.resourceExhausted, "more than 256 MiB without the end of an article")
      }
    }
    let pending = start
    let (used, result) = try window.withUnsafeBufferPointer { buffer throws(DanvanError) in
      try body(UnsafeBufferPointer(rebasing: buffer[pending...]))
    }
    start = min(window.count, start + used)
    return result
  }

  /// What comes next without moving on: `count` bytes, fewer at the end.
  func peek(_ count: Int) throws(DanvanError) -> ArraySlice<UInt8> {
    while window.count - start < count {
      let more = try source.read()
      if more.isEmpty { break }
      window.removeFirst(start)
      start = 0
      window += more
    }
    return window[start..<min(window.count, start + count)]
  }

  /// The next `count` bytes; nil at the end. Throws `dataLoss` where it comes before them.
  func take(_ count: Int, of what: String) throws(DanvanError) -> [UInt8]? {
    let bytes = Array(try peek(count))
    if bytes.isEmpty, count > 0 { return nil }
    guard bytes.count == count else {
      throw DanvanError(.dataLoss, "truncated: the input ends inside \(what)")
    }
    start += count
    return bytes
  }

  /// Moves over bytes; at the end, over fewer.
  func skip(_ count: Int64) throws(DanvanError) {
    var left = count
    while left > 0 {
      let used = try withNext { buffer throws(DanvanError) in
        let used = Int(min(Int64(buffer.count), left))
        return (used, used)
      }
      guard let used else { return }
      left -= Int64(used)
    }
  }
}
