/// Cuts a byte stream into frames, however the bytes are split.
///
/// It looks at the header first and holds no more than has come: an announced length costs nothing.
/// A frame longer than the limit is reported once, at its header, and its data passed over, so that
/// the next frame is found.
public struct FrameDecoder {
  /// A frame's data: still in the input where it lay whole, else gathered.
  public enum Bytes {
    case borrowed(UnsafeRawBufferPointer)
    case owned([UInt8])

    public func withBytes<R, E: Error>(
      _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
      switch self {
      case .borrowed(let bytes): return try body(bytes)
      case .owned(let bytes):
        // Typed throws do not pass through the buffer closure.
        return try bytes.withUnsafeBytes { bytes in
          Result { () throws(E) in try body(bytes) }
        }.get()
      }
    }
  }

  public enum Piece {
    case frame(FrameHeader, Bytes)
    case oversized(FrameHeader)
  }

  private let limit: Int
  private var head: [UInt8] = []
  private var header: FrameHeader?
  private var body: [UInt8] = []
  private var toSkip = 0
  /// Frames taken or refused so far.
  public private(set) var count = 0

  /// A frame of which so many bytes have come is taken to come whole.
  private static let earnest = 65_536

  /// `limit` is the longest data taken, in bytes.
  public init(limit: Int) { self.limit = limit }

  /// Bytes gathered of a frame that has not ended.
  public var bytesHeld: Int { body.count }

  /// Whether a frame has begun and not ended.
  public var isMidFrame: Bool { header != nil || !head.isEmpty || toSkip > 0 }

  /// Takes the next frame off the front of `input`; nil when it needs more than there is.
  public mutating func next(_ input: inout UnsafeRawBufferPointer) -> Piece? {
    while true {
      if toSkip > 0 {
        let passed = min(toSkip, input.count)
        input.drop(passed)
        toSkip -= passed
        if toSkip > 0 { return nil }
      }
      if header == nil {
        guard let begun = takeHeader(&input) else { return nil }
        guard begun.length <= limit else {
          toSkip = begun.length
          count += 1
          return .oversized(begun)
        }
        header = begun
      }
      guard let header else { continue }
      if body.isEmpty, input.count >= header.length {
        let data = input.taking(header.length)
        self.header = nil
        count += 1
        return .frame(header, .borrowed(data))
      }
      // Room for the rest once some has come: growing by and by copies mebibytes at a time. Where nothing has
      // been written yet, room costs no memory.
      if body.count >= Self.earnest { body.reserveCapacity(header.length) }
      body.append(contentsOf: input.taking(min(header.length - body.count, input.count)))
      guard body.count == header.length else { return nil }
      defer {
        body = []
        self.header = nil
        count += 1
      }
      return .frame(header, .owned(body))
    }
  }

  private mutating func takeHeader(_ input: inout UnsafeRawBufferPointer) -> FrameHeader? {
    if head.isEmpty, let header = FrameHeader(input) {
      input.drop(FrameHeader.count)
      return header
    }
    head.append(contentsOf: input.taking(min(FrameHeader.count - head.count, input.count)))
    guard let header = FrameHeader(head) else { return nil }
    head.removeAll(keepingCapacity: true)
    return header
  }
}

extension UnsafeRawBufferPointer {
  /// Moves the start forward; `count` is at most what is left.
  fileprivate mutating func drop(_ count: Int) {
    self = UnsafeRawBufferPointer(rebasing: self[count...])
  }

  /// Takes the first bytes off; `count` is at most what is left.
  fileprivate mutating func taking(_ count: Int) -> UnsafeRawBufferPointer {
    defer { drop(count) }
    return UnsafeRawBufferPointer(rebasing: self[..<count])
  }
}
