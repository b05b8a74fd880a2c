/// What has come on a stream and was not asked for yet.
final class StreamInbox {
  var messages = MessageQueue()
  /// Bytes of them, as they came.
  var unread = 0
  /// Bytes read since credit was last given.
  var ungranted = 0
  var end: Result<Void, RPCStatus>?

  var isReady: Bool { !messages.isEmpty || end != nil }
}

/// Messages first in, first out; each leaves the queue without another being moved.
struct MessageQueue {
  private var messages: [(bytes: [UInt8], wireBytes: Int)] = []
  private var head = 0

  var isEmpty: Bool { head == messages.count }

  mutating func append(_ bytes: [UInt8], _ wireBytes: Int) {
    messages.append((bytes, wireBytes))
  }

  mutating func popFirst() -> (bytes: [UInt8], wireBytes: Int)? {
    guard head < messages.count else { return nil }
    let first = messages[head]
    messages[head].bytes = []
    head += 1
    if head == messages.count {
      messages.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1_024, head * 2 > messages.count {
      messages.removeFirst(head)
      head = 0
    }
    return first
  }

  mutating func removeAll() {
    messages = []
    head = 0
  }
}
