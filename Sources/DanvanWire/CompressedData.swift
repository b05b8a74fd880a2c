internal import DanvanZlib

/// Why a frame is not taken, and whether the connection can go on.
struct Refusal: Error {
  let status: RPCStatus
  let isFatal: Bool
}

/// The data of a frame with flag 0x80: the inflated length, four bytes, then one zlib stream.
struct CompressedData: Sendable {
  /// Beyond this inflated length the ratio is looked at.
  static let ratioFloor = 65_536
  /// Bytes out for a byte in that no text reaches.
  static let greatestRatio = 256

  private static let prefixLength = 4

  /// Compresses, unless too little is gained: what is sent must be at most seven eighths of what it
  /// stands for. With `required` any gain will do.
  static func pack(_ head: [UInt8], _ tail: [UInt8], required: Bool) -> [UInt8]? {
    let count = head.count + tail.count
    guard count <= Extension.greatestInflated else { return nil }
    guard let stream = try? Zlib.compress(head.isEmpty ? tail : head + tail, level: 1) else {
      return nil
    }
    let length = prefixLength + stream.count
    guard required ? length < count : length <= count / 8 * 7 else { return nil }
    guard count <= ratioFloor || count <= greatestRatio * stream.count else { return nil }
    var data: [UInt8] = []
    data.reserveCapacity(length)
    data.appendBigEndian(UInt32(count))
    data.append(contentsOf: stream)
    return data
  }

  private let stream: [UInt8]
  /// The inflated length, in bytes.
  let declared: Int

  /// Looks at a frame's data without inflating it.
  init(_ data: UnsafeRawBufferPointer, limit: Int) throws(Refusal) {
    guard let declared = data.bigEndian(at: 0).map(Int.init), declared > 0 else {
      throw Self.damaged("no inflated length")
    }
    let length = data.count - Self.prefixLength
    guard declared <= limit else {
      throw Self.tooLarge("\(declared) bytes inflated are more than \(limit)")
    }
    guard declared / Zlib.greatestRatio <= length else {
      throw Self.damaged("\(length) bytes cannot inflate to \(declared)")
    }
    guard declared <= Self.ratioFloor || declared <= Self.greatestRatio * length else {
      throw Self.tooLarge("\(length) bytes that inflate to \(declared) are not taken")
    }
    stream = [UInt8](data[Self.prefixLength...])
    self.declared = declared
  }

  /// Inflates, in steps and never beyond the declared length.
  func inflated() throws(Refusal) -> [UInt8] {
    do throws(ZlibError) {
      return try Zlib.inflate(stream, length: declared)
    } catch {
      throw Self.damaged(error.description)
    }
  }

  static func damaged(_ what: String) -> Refusal {
    Refusal(status: RPCStatus(.internalError, "compressed frame: \(what)"), isFatal: true)
  }

  private static func tooLarge(_ what: String) -> Refusal {
    Refusal(status: RPCStatus(.resourceExhausted, "compressed frame: \(what)"), isFatal: false)
  }
}
