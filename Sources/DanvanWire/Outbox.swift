/// The frames on their way out of one connection.
///
/// Answers and control frames overtake the messages of streams, but never cut into a frame and
/// never change the order within a stream.
public struct Outbox {
  private var sending = Lane()
  private var urgent = Lane()
  private var bulk = Lane()

  /// Bytes not yet taken by `send`.
  public var count: Int { sending.count + urgent.count + bulk.count }

  mutating func append(_ header: FrameHeader, _ body: FrameBody, isUrgent: Bool) {
    if isUrgent {
      urgent.append(header, body)
    } else {
      bulk.append(header, body)
    }
  }

  /// Offers the next bytes, in two pieces of which the second may be empty, to `write`, which says
  /// how many of them it took; as long as it takes them all.
  public mutating func send(
    _ write: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int
  ) {
    while true {
      if sending.count == 0 {
        sending.reset()
        if urgent.count > 0 {
          swap(&sending, &urgent)
        } else if bulk.count > 0 {
          swap(&sending, &bulk)
        } else {
          return
        }
      }
      let (taken, offered) = sending.offer(write)
      guard taken > 0 else { return }
      sending.drop(min(taken, offered))
      if taken < offered { return }
    }
  }
}

/// Frames one after the other: their bytes, and apart from those the long bodies, which lie between
/// them and are sent without having been copied.
private struct Lane {
  /// Bodies from this many bytes on stay apart.
  private static let apart = 16_384
  /// A big answer's memory is not kept for a connection that may now be idle.
  private static let mostKept = 4_096
  /// The room made at once for what does not fit what is kept, so that it grows in one step.
  private static let nextRoom = 81_920

  private var bytes: [UInt8] = []
  /// Each with the number of `bytes` before it.
  private var bodies: [(place: Int, bytes: [UInt8])] = []
  private var sentBytes = 0
  private var sentBodies = 0
  /// Bytes sent of the body whose turn it is.
  private var sentOfBody = 0
  private(set) var count = 0

  mutating func append(_ header: FrameHeader, _ body: FrameBody) {
    count += FrameHeader.count + body.count
    if bytes.count + FrameHeader.count + body.count > Self.mostKept, bytes.capacity < Self.nextRoom,
      body.count < Self.apart, !bytes.isEmpty
    {
      bytes.reserveCapacity(Self.nextRoom)
    }
    header.append(to: &bytes)
    bytes.append(contentsOf: body.head)
    if body.tail.count < Self.apart {
      bytes.append(contentsOf: body.tail)
    } else {
      bodies.append((bytes.count, body.tail))
    }
  }

  mutating func reset() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.mostKept)
    if !bodies.isEmpty { bodies = [] }
    (sentBytes, sentBodies, sentOfBody) = (0, 0, 0)
  }

  /// What `write` took, and of how many bytes.
  func offer(
    _ write: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int
  ) -> (taken: Int, offered: Int) {
    bytes.withUnsafeBytes { all in
      guard sentBodies < bodies.count else {
        let rest = UnsafeRawBufferPointer(rebasing: all[sentBytes...])
        return (write(rest, UnsafeRawBufferPointer(start: nil, count: 0)), rest.count)
      }
      let (place, body) = bodies[sentBodies]
      return body.withUnsafeBytes { body in
        let before = UnsafeRawBufferPointer(rebasing: all[sentBytes..<place])
        let rest = UnsafeRawBufferPointer(rebasing: body[sentOfBody...])
        let taken =
          before.isEmpty
          ? write(rest, UnsafeRawBufferPointer(start: nil, count: 0)) : write(before, rest)
        return (taken, before.count + rest.count)
      }
    }
  }

  mutating func drop(_ taken: Int) {
    count -= taken
    let end = sentBodies < bodies.count ? bodies[sentBodies].place : bytes.count
    let ofBytes = min(taken, end - sentBytes)
    sentBytes += ofBytes
    guard sentBodies < bodies.count else { return }
    sentOfBody += taken - ofBytes
    if sentOfBody == bodies[sentBodies].bytes.count {
      bodies[sentBodies].bytes = []
      sentBodies += 1
      sentOfBody = 0
    }
  }
}
