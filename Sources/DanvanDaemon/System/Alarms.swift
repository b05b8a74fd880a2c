internal import DanvanModel
internal import Glibc
internal import Synchronization

/// Runs actions at set times, one after the other, on one thread of its own.
final class Alarms: Sendable {
  /// A standing alarm. Letting it go does not cancel it.
  struct Alarm: Sendable {
    fileprivate let number: UInt64
    fileprivate let alarms: Alarms

    /// Takes the action back, unless it has begun.
    func cancel() { alarms.state.withLock { $0.actions[number] = nil } }
  }

  private struct State {
    var times = TimeHeap()
    var actions: [UInt64: @Sendable () -> Void] = [:]
    var last: UInt64 = 0
  }

  private let state = Mutex(State())
  private let bell: Bell

  /// Throws `resourceExhausted` when the system gives no thread.
  init() throws {
    bell = try Bell()
    try BackgroundThread.start { [self] in run() }
  }

  /// Runs `action` once `delay` has passed; zero means as soon as the thread is free.
  @discardableResult
  func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) -> Alarm {
    let (alarm, isNext) = state.withLock { state in
      state.last += 1
      let number = state.last
      state.actions[number] = action
      let time = ContinuousClock.now.advanced(by: delay)
      let isNext = state.times.earliest.map { time < $0 } ?? true
      state.times.insert(time, number)
      // Cancelled alarms leave their times behind; they must not pile up.
      if state.times.count > 2 * state.actions.count + 64 {
        let actions = state.actions
        state.times.keep { actions[$0] != nil }
      }
      return (Alarm(number: number, alarms: self), isNext)
    }
    if isNext { bell.ring() }
    return alarm
  }

  private func run() -> Never {
    while true {
      let (action, wait) = state.withLock { state -> ((@Sendable () -> Void)?, Duration?) in
        while let time = state.times.earliest {
          let now = ContinuousClock.now
          if now < time { return (nil, time - now) }
          let number = state.times.removeEarliest()
          if let action = state.actions.removeValue(forKey: number) { return (action, nil) }
        }
        return (nil, nil)
      }
      if let action { action() } else { bell.wait(atMost: wait) }
    }
  }
}

/// Times with numbers, the earliest at hand.
struct TimeHeap {
  private var nodes: [(time: ContinuousClock.Instant, number: UInt64)] = []

  var count: Int { nodes.count }
  var earliest: ContinuousClock.Instant? { nodes.first?.time }

  mutating func insert(_ time: ContinuousClock.Instant, _ number: UInt64) {
    nodes.append((time, number))
    var child = nodes.count - 1
    while child > 0, nodes[child].time < nodes[(child - 1) / 2].time {
      nodes.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The heap must not be empty.
  mutating func removeEarliest() -> UInt64 {
    nodes.swapAt(0, nodes.count - 1)
    let removed = nodes.removeLast()
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < nodes.count }
      guard let least = children.min(by: { nodes[$0].time < nodes[$1].time }),
        nodes[least].time < nodes[parent].time
      else { return removed.number }
      nodes.swapAt(parent, least)
      parent = least
    }
  }

  mutating func keep(_ isWanted: (UInt64) -> Bool) {
    let wanted = nodes.filter { isWanted($0.number) }
    nodes = []
    for node in wanted { insert(node.time, node.number) }
  }
}

/// Wakes the one thread that waits for it; a ring before the wait is not lost.
final class Bell: Sendable {
  // A pipe: poll(2) waits for it with a limit, and a byte in it stays until it is read.
  private let reading: Int32
  private let writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw DanvanError(
        .resourceExhausted, "cannot make a pipe", cause: String(cString: strerror(errno)))
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// A full pipe has rung already.
  func ring() {
    var byte: UInt8 = 0
    _ = write(writing, &byte, 1)
  }

  /// Returns after a ring or after `limit`; may return early.
  func wait(atMost limit: Duration?) {
    var milliseconds: Int32 = -1
    if let limit {
      let (seconds, attoseconds) = limit.components
      let rounded = seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1
      milliseconds = Int32(clamping: max(0, rounded))
    }
    var entry = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    poll(&entry, 1, milliseconds)
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reading, &bytes, bytes.count) == bytes.count {}
  }
}
