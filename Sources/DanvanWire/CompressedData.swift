internal import DanvanZlib

/// The data of a frame with flag 0x80: the inflated length, four bytes, then one zlib stream.
enum CompressedData {
  /// Beyond this inflated length the ratio is looked at.
  static let ratioFloor = 65_536
  /// Bytes out for a byte in that no text reaches.
  static let greatestRatio = 256

  private static let prefixLength = 4

  /// Why compressed data is not taken, and whether the connection can go on.
  struct Refusal: Error {
    let status: RPCStatus
    let isFatal: Bool
  }

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
    guard count <= ratioFloor || count / greatestRatio <= stream.count else { return nil }
    var data: [UInt8] = []
    data.reserveCapacity(length)
    data.appendBigEndian(UInt32(count))
    data.append(contentsOf: stream)
    return data
  }

  /// Inflates, in steps and never beyond the declared length, which is looked at first.
  static func unpack(
    _ data: UnsafeRawBufferPointer, limit: Int
  ) throws(Refusal) -> [UInt8] {
    guard let declared = data.bigEndian(at: 0).map(Int.init), declared > 0 else {
      throw damaged("no inflated length")
    }
    let stream = UnsafeRawBufferPointer(rebasing: data[prefixLength...])
    guard declared <= limit else {
      throw tooLarge("\(declared) bytes inflated are more than \(limit)")
    }
    guard declared / Zlib.greatestRatio <= stream.count else {
      throw damaged("\(stream.count) bytes cannot inflate to \(declared)")
    }
    guard declared <= ratioFloor || declared / greatestRatio <= stream.count else {
      throw tooLarge("\(stream.count) bytes that inflate to \(declared) are not taken")
    }
    do throws(ZlibError) {
      return try Zlib.inflate(stream, length: declared)
    } catch {
      throw damaged(error.description)
    }
  }

  private static func damaged(_ what: String) -> Refusal {
    Refusal(status: RPCStatus(.internalError, "compressed frame: \(what)"), isFatal: true)
  }

  private static func tooLarge(_ what: String) -> Refusal {
    Refusal(status: RPCStatus(.resourceExhausted, "compressed frame: \(what)"), isFatal: false)
  }
}
