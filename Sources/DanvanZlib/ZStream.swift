internal import CZlib

/// One zlib state at a fixed address: zlib keeps a pointer back to it.
struct ZStream: ~Copyable {
  enum Format { case zlib, gzip, raw }
  private enum Direction { case deflate, inflate }

  let pointer: UnsafeMutablePointer<z_stream>
  private let direction: Direction

  /// A state for writing zlib streams; `level` is 1 (fast) to 9 (small).
  init(deflateLevel level: Int32) throws(ZlibError) {
    pointer = Self.allocate()
    direction = .deflate
    let result = deflateInit_(pointer, level, ZLIB_VERSION, Self.size)
    guard result == Z_OK else { throw Self.failure(result, pointer) }
  }

  /// A state for writing a gzip file.
  init(gzipLevel level: Int32) throws(ZlibError) {
    pointer = Self.allocate()
    direction = .deflate
    let result = deflateInit2_(
      pointer, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Self.size)
    guard result == Z_OK else { throw Self.failure(result, pointer) }
  }

  /// A state for reading streams of one format and no other.
  init(inflating format: Format) throws(ZlibError) {
    pointer = Self.allocate()
    direction = .inflate
    let windowBits: Int32 =
      switch format {
      case .zlib: 15
      case .gzip: 15 + 16
      case .raw: -15
      }
    let result = inflateInit2_(pointer, windowBits, ZLIB_VERSION, Self.size)
    guard result == Z_OK else { throw Self.failure(result, pointer) }
  }

  deinit {
    switch direction {
    case .deflate: deflateEnd(pointer)
    case .inflate: inflateEnd(pointer)
    }
    pointer.deinitialize(count: 1)
    pointer.deallocate()
  }

  /// The error that a result of zlib's means.
  static func failure(_ result: Int32, _ pointer: UnsafeMutablePointer<z_stream>) -> ZlibError {
    switch result {
    case Z_NEED_DICT: .needsDictionary
    case Z_MEM_ERROR: .outOfMemory
    case Z_BUF_ERROR: .truncated
    default: .corrupt(pointer.pointee.msg.map { String(cString: $0) } ?? "zlib error \(result)")
    }
  }

  private static var size: Int32 { Int32(MemoryLayout<z_stream>.size) }

  private static func allocate() -> UnsafeMutablePointer<z_stream> {
    let pointer = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    pointer.initialize(to: z_stream())
    return pointer
  }
}
