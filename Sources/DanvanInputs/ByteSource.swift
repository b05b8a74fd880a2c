import DanvanModel
import DanvanZlib
import Glibc

/// Bytes that come piece by piece.
protocol ByteSource: AnyObject {
  /// The next bytes; empty at the end.
  func read() throws(DanvanError) -> [UInt8]
}

/// The bytes of a file or of standard input, as they are.
final class FileBytes: ByteSource {
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var isAtEnd = false
  /// Of a plain file, when it was opened.
  private var state: FileState?
  /// Bytes to read: a plain file is read as long as it was then, for one that grows might have no end.
  private var limit = Int64.max
  /// Bytes read so far.
  private(set) var count: Int64 = 0

  init(_ file: InputFile) throws(DanvanError) {
    ownsDescriptor = !file.isStandardInput && file.descriptor == nil
    descriptor =
      file.descriptor ?? (file.isStandardInput ? 0 : open(file.path, O_RDONLY | O_CLOEXEC))
    guard descriptor >= 0 else { throw systemError("cannot be read", errno) }
    state = FileState(descriptor)
    // Some files that the kernel makes up state no size.
    if let size = state?.size, size > 0 {
      limit = max(0, Int64(size) - max(0, Int64(lseek(descriptor, 0, SEEK_CUR))))
    }
  }

  deinit { if ownsDescriptor, descriptor >= 0 { close(descriptor) } }

  /// Throws `aborted` at the end of a file that was changed meanwhile: what came last may be half of
  /// what there was.
  func read() throws(DanvanError) -> [UInt8] {
    if isAtEnd { return [] }
    var failure: Int32 = 0
    let wanted = Int(min(Int64(InputBytes.windowSize), limit - count))
    let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      guard wanted > 0 else { return }
      var result = Glibc.read(descriptor, buffer.baseAddress, wanted)
      while result < 0, errno == EINTR {
        result = Glibc.read(descriptor, buffer.baseAddress, wanted)
      }
      if result < 0 { failure = errno }
      count = max(0, result)
    }
    guard failure == 0 else { throw systemError("cannot be read", failure) }
    isAtEnd = chunk.isEmpty
    count += Int64(chunk.count)
    guard !isAtEnd || state == FileState(descriptor) else {
      throw DanvanError(.aborted, "the file was changed while it was read")
    }
    return chunk
  }
}

/// What tells whether a plain file is as it was.
private struct FileState: Equatable {
  let size: off_t
  private let seconds: time_t
  private let nanoseconds: Int

  /// Nil for pipes and devices.
  init?(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    size = status.st_size
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}

/// The bytes that gzip data hold.
final class GunzipBytes: ByteSource {
  private let source: any ByteSource
  private let gunzip: GunzipStream
  private var packed: [UInt8]
  private var start = 0
  private let guardian = InflationGuard()

  /// `first`: what was read of the source already.
  init(_ source: any ByteSource, first: [UInt8]) throws(DanvanError) {
    self.source = source
    packed = first
    guardian.packed = first.count
    do { gunzip = try GunzipStream() } catch {
      throw DanvanError(.resourceExhausted, "no memory to inflate")
    }
  }

  func read() throws(DanvanError) -> [UInt8] {
    while true {
      if start == packed.count {
        packed = try source.read()
        guardian.packed += packed.count
        start = 0
      }
      let isDry = packed.isEmpty
      let window = try inflated("gzip", of: packed[start...]) { input, output in
        try gunzip.inflate(input, into: output)
      } used: {
        start += $0
      }
      guardian.inflated += window.count
      try guardian.check()
      if !window.isEmpty { return window }
      guard isDry else { continue }
      guard gunzip.isComplete else {
        throw DanvanError(.dataLoss, "truncated gzip: the file ends inside the compressed data")
      }
      return []
    }
  }
}

/// Refuses data that inflate to far more than any text does, before they have cost much time.
final class InflationGuard {
  /// Bytes so far.
  var packed = 0
  var inflated = 0
  /// Running text shrinks to a third or a quarter, the most repetitive table to a fiftieth.
  private static let ratioLimit = 200
  private let freeBytes: Int

  /// `freeBytes`: what may be inflated whatever the ratio.
  init(freeBytes: Int = 64 << 20) { self.freeBytes = freeBytes }

  func check() throws(DanvanError) {
    guard inflated > freeBytes, inflated / Self.ratioLimit > packed else { return }
    throw DanvanError(
      .resourceExhausted,
      "inflates to more than \(Self.ratioLimit) times its size: no text does that")
  }
}

/// One step of inflation into a fresh window.
func inflated(
  _ format: String, of packed: ArraySlice<UInt8>,
  _ step: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>) throws -> (
    read: Int, written: Int
  ),
  used: (Int) -> Void
) throws(DanvanError) -> [UInt8] {
  var count = 0
  do {
    let window = try [UInt8](unsafeUninitializedCapacity: InputBytes.windowSize) { output, filled in
      let result = try packed.withUnsafeBufferPointer { try step($0, output) }
      count = result.read
      filled = result.written
    }
    used(count)
    return window
  } catch ZlibError.corrupt(let reason) {
    throw DanvanError(.dataLoss, "corrupt \(format): \(reason)")
  } catch {
    throw DanvanError(.resourceExhausted, "no memory to inflate")
  }
}
