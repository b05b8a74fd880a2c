/// The frames on their way out of one connection.
///
/// Answers and control frames overtake the messages of streams, but never cut into a frame and
/// never change the order within a stream.
public struct Outbox {
  private var sending: [UInt8] = []
  private var sent = 0
  private var urgent: [UInt8] = []
  private var bulk: [UInt8] = []

  /// Bytes not yet taken by `send`.
  public var count: Int { sending.count - sent + urgent.count + bulk.count }

  mutating func append(
    _ type: UInt8, stream: UInt32, flags: UInt8 = 0, _ body: FrameBody, isUrgent: Bool
  ) {
    let header = FrameHeader(
      length: body.count, stream: stream, type: type, flags: flags | body.flags)
    if isUrgent {
      Self.append(header, body, to: &urgent)
    } else {
      Self.append(header, body, to: &bulk)
    }
  }

  mutating func append(
    _ type: UInt8, stream: UInt32, flags: UInt8 = 0, data: [UInt8] = [], isUrgent: Bool
  ) {
    append(
      type, stream: stream, flags: flags, FrameBody(flags: 0, head: [], tail: data),
      isUrgent: isUrgent)
  }

  /// Offers the next bytes to `write`, which says how many it took; as long as it takes them all.
  public mutating func send(_ write: (UnsafeRawBufferPointer) -> Int) {
    while true {
      if sent == sending.count {
        // A big answer's memory is not kept for a connection that may now be idle.
        sending.removeAll(keepingCapacity: sending.capacity <= 4_096)
        sent = 0
        if !urgent.isEmpty {
          swap(&sending, &urgent)
        } else if !bulk.isEmpty {
          swap(&sending, &bulk)
        } else {
          return
        }
      }
      let taken = sending.withUnsafeBytes { bytes in
        write(UnsafeRawBufferPointer(rebasing: bytes[sent...]))
      }
      guard taken > 0 else { return }
      sent = min(sent + taken, sending.count)
      if sent < sending.count { return }
    }
  }

  private static func append(_ header: FrameHeader, _ body: FrameBody, to bytes: inout [UInt8]) {
    header.append(to: &bytes)
    bytes.append(contentsOf: body.head)
    bytes.append(contentsOf: body.tail)
  }
}
