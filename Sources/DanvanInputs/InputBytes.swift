import DanvanModel
import DanvanZlib
import Glibc

/// The bytes of one file, inflated where they are gzip, in a window that moves along.
final class InputBytes {
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var gunzip: GunzipStream?
  private var packed: [UInt8] = []
  private var packedStart = 0
  private var window: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var bytesFetched: Int64 = 0
  private static let windowSize = 256 << 10

  init(_ file: InputFile) throws(DanvanError) {
    ownsDescriptor = !file.isStandardInput
    descriptor = file.isStandardInput ? 0 : open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError("cannot be read", errno) }
    let first = try readFile()
    if first.starts(with: [0x1F, 0x8B]) {
      packed = first
      do { gunzip = try GunzipStream() } catch {
        throw DanvanError(.resourceExhausted, "no memory to inflate")
      }
    } else {
      window = first
    }
  }

  deinit { if ownsDescriptor, descriptor >= 0 { close(descriptor) } }

  var isCompressed: Bool { gunzip != nil }

  /// Bytes of the file that were handed on; of compressed ones, inflated.
  var bytesRead: Int64 {
    bytesFetched - Int64(gunzip == nil ? window.count - start : packed.count - packedStart)
  }

  /// Looks at what comes next, at least one byte; nil at the end. The closure returns how many of
  /// the bytes it has used and a result.
  func withNext<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(DanvanError) -> (used: Int, Result)
  ) throws(DanvanError) -> Result? {
    if start == window.count {
      try fill()
      if window.isEmpty { return nil }
    }
    let pending = start
    let (used, result) = try window.withUnsafeBufferPointer { buffer throws(DanvanError) in
      try body(UnsafeBufferPointer(rebasing: buffer[pending...]))
    }
    start = min(window.count, start + used)
    return result
  }

  private func fill() throws(DanvanError) {
    start = 0
    guard let gunzip else {
      window = try readFile()
      return
    }
    window.removeAll(keepingCapacity: true)
    while window.isEmpty {
      if packedStart == packed.count {
        packed = try readFile()
        packedStart = 0
      }
      let isDry = packed.isEmpty
      try inflate(gunzip)
      if isDry, window.isEmpty {
        guard gunzip.isComplete else {
          throw DanvanError(.dataLoss, "truncated gzip: the file ends inside the compressed data")
        }
        return
      }
    }
  }

  private func inflate(_ gunzip: GunzipStream) throws(DanvanError) {
    var used = 0
    do {
      window = try Array(unsafeUninitializedCapacity: Self.windowSize) { output, count in
        let step = try packed.withUnsafeBufferPointer { input in
          try gunzip.inflate(UnsafeBufferPointer(rebasing: input[packedStart...]), into: output)
        }
        used = step.read
        count = step.written
      }
    } catch ZlibError.corrupt(let reason) {
      throw DanvanError(.dataLoss, "corrupt gzip: \(reason)")
    } catch {
      throw DanvanError(.resourceExhausted, "no memory to inflate")
    }
    packedStart += used
  }

  /// The next bytes of the file as they are; empty at its end.
  private func readFile() throws(DanvanError) -> [UInt8] {
    if isAtEnd { return [] }
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: Self.windowSize) { buffer, count in
      var result = read(descriptor, buffer.baseAddress, buffer.count)
      while result < 0, errno == EINTR {
        result = read(descriptor, buffer.baseAddress, buffer.count)
      }
      if result < 0 { failure = errno }
      count = max(0, result)
    }
    guard failure == 0 else { throw systemError("cannot be read", failure) }
    isAtEnd = chunk.isEmpty
    bytesFetched += Int64(chunk.count)
    return chunk
  }
}
