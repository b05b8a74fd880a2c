import DanvanClient
import DanvanMessages
import Glibc

/// Follows the event log over lost connections: each event once, in order.
struct Follower {
  private var request: Danvan_V1_WatchRequest
  private let limit: Int?
  private let endsWhenLost: Bool
  /// How long to follow at all; nil: for ever.
  private let seconds: Double?
  private let connect: () throws -> DaemonConnection
  private var count = 0
  private let watch = Stopwatch()

  init(
    request: Danvan_V1_WatchRequest, limit: Int?, endsWhenLost: Bool, seconds: Double?,
    connect: @escaping () throws -> DaemonConnection
  ) {
    self.request = request
    self.limit = limit
    self.endsWhenLost = endsWhenLost
    self.seconds = seconds
    self.connect = connect
  }

  /// Calls `handle` for each event until the limit, the time, or the output's reader ends it.
  mutating func follow(_ handle: (Danvan_V1_WatchEvent) throws -> Void) throws {
    var backOff = BackOff()
    var connection: DaemonConnection? = try connect()
    while true {
      do {
        let open = try connection ?? connect()
        connection = nil
        if backOff.isUnderWay { Talk.say("connected again") }
        defer { open.close() }
        if try follow(open, &backOff, handle) { return }
      } catch let error as DaemonError where error.isPassing && !endsWhenLost {
        if !backOff.isUnderWay { Talk.say("\(error.description); trying again") }
      } catch let error as DaemonError where error.isGap {
        throw Failure(.gap, "GAP", error.gapMessage)
      }
      if try !wait(backOff.next(), for: nil) { return try end() }
    }
  }

  /// Follows on one connection; true when it is over for good, false when the daemon stopped.
  private mutating func follow(
    _ connection: DaemonConnection, _ backOff: inout BackOff,
    _ handle: (Danvan_V1_WatchEvent) throws -> Void
  ) throws -> Bool {
    // "now" is when the watch began, also if the connection is lost before the first mark.
    if request.from == "now", let head = connection.hello?.headCursor { request.from = head }
    let stream = try connection.watch(request)
    while true {
      if !stream.hasEvent, try !wait(nil, for: stream.fileDescriptor) {
        try end()
        return true
      }
      switch try stream.next(timeout: .zero) {
      case .nothing: continue
      case .end: throw DaemonError.lost("the daemon ended the watch")
      case .event(let event):
        try handle(event)
        backOff = BackOff()
        // Only what was handled moves the place to resume from.
        if !event.cursor.isEmpty { request.from = event.cursor }
        guard event.kind != .synced, event.kind != .progress else { continue }
        count += 1
        if count == limit { return true }
      }
    }
  }

  private func end() throws {
    if count == 0 { throw Failure(silent: .empty) }
  }

  /// Waits until the descriptor is readable or `pause` is over; false when all the time is used up.
  ///
  /// Throws `OutputClosed` as soon as nobody reads standard output any more.
  private func wait(_ pause: Double?, for descriptor: Int32?) throws -> Bool {
    let left = seconds.map { $0 - watch.seconds }
    if let left, left <= 0 { return false }
    let longest = [pause, left].compactMap { $0 }.min()
    var watched = [pollfd(fd: 1, events: 0, revents: 0)]
    if let descriptor { watched.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
    let count = poll(
      &watched, nfds_t(watched.count), longest.map { Int32(min($0, 1e6) * 1000) + 1 } ?? -1)
    if count > 0, watched[0].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 {
      throw OutputClosed()
    }
    return true
  }
}

/// The pauses between attempts: 0.1 s, doubled each time up to 5 s.
struct BackOff {
  private var pause = 0.1
  private(set) var isUnderWay = false

  mutating func next() -> Double {
    defer { pause = min(5, pause * 2) }
    isUnderWay = true
    return pause
  }
}

extension DaemonError {
  /// Whether another attempt may do: no daemon, a lost connection, a daemon that stops.
  fileprivate var isPassing: Bool {
    switch self {
    case .unreachable, .lost: true
    case .status(let status): status.code == 14
    case .malformed: false
    }
  }

  /// Whether the cursor cannot be resumed from: compacted away, or another store's.
  fileprivate var isGap: Bool { code == 11 || code == 9 }

  fileprivate var gapMessage: String {
    guard case .status(let status) = self, let bounds = status.bounds else { return description }
    return "\(description); the oldest place to go on from is \(bounds.oldest)"
  }
}
