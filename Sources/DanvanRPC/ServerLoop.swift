internal import Glibc
internal import Synchronization

/// The I/O thread: it alone touches connections; workers and sources reach it through the inbox.
final class ServerLoop {
  static let inboxNumber: UInt64 = 0
  static let firstConnection: UInt64 = 1 << 16
  /// A connection with this many bytes waiting gets no further stream messages,
  static let roomForMessages = 65_536
  /// with this many its requests are left unread,
  static let roomForAnswers = 8_388_608
  /// with this many it is not worth keeping.
  static let mostUnread = 67_108_864
  /// Nor are requests read while calls in progress hold this many bytes of requests.
  static let roomForRequests = 33_554_432

  /// With so many bytes given back, the next connections that end wait for those who ask.
  private static let freedAtOnce = 65_536

  let router: Router
  let options: ServerOptions
  let inbox: Inbox
  let queue: WorkQueue
  /// For calls whose requests are long: what takes seconds must not keep all workers from the others.
  let longQueue: WorkQueue
  let gauges: ServerGauges
  let log: @Sendable (ServerLogRecord) -> Void
  let epoll: Epoll

  var listeners: [UInt64: ListeningSocket] = [:]
  var isAcceptPaused = false
  var connections: [UInt64: ServedConnection] = [:]
  var connectionsOfUser: [UInt32: Int] = [:]
  var nextNumber = ServerLoop.firstConnection
  var deadlines = DeadlineQueue()
  var timedCalls = 0
  var drainDeadline: ContinuousClock.Instant?
  var isDraining: Bool { drainDeadline != nil }
  /// Connections that something happened to since they were last settled.
  var touched: Set<UInt64> = []
  /// What is kept for all peers together, as it was counted when each was settled.
  var heldBytes = 0
  /// Connections whose peers have hung up: to be closed, a few at a time.
  private var parted = Fifo<UInt64>()
  var taps: [FrameTap] = []
  private var isDone = false
  private var spin = BriefSpin()
  private let buffer = ReadBuffer()

  init(
    router: Router, options: ServerOptions, inbox: Inbox, gauges: ServerGauges,
    listeners: [ListeningSocket], log: @escaping @Sendable (ServerLogRecord) -> Void
  ) throws(ListeningError) {
    self.router = router
    self.options = options
    self.inbox = inbox
    self.gauges = gauges
    self.log = log
    queue = WorkQueue(width: options.workers, bound: options.queuedCalls)
    longQueue = WorkQueue(width: options.longWorkers, bound: options.queuedCalls)
    epoll = try Epoll()
    try epoll.add(inbox.descriptor.number, number: Self.inboxNumber, events: Epoll.readable)
    for (index, listener) in listeners.enumerated() {
      let number = UInt64(index + 1)
      self.listeners[number] = listener
      try epoll.add(listener.fileDescriptor, number: number, events: Epoll.readable)
    }
  }

  func run() {
    while !isDone {
      for ready in nextReady() {
        if ready.number == Self.inboxNumber {
          for message in inbox.take() { handle(message) }
        } else if let listener = listeners[ready.number] {
          accept(from: listener)
        } else if let connection = connections[ready.number] {
          serve(connection, ready)
        }
      }
      handleDeadlines()
      settleTouched()
      closeParted()
      if isDraining, connections.isEmpty { isDone = true }
    }
    // Handlers get what is left of the time for ending, and a moment in any case.
    let left = (drainDeadline ?? .now) - .now
    let end = ContinuousClock.now + max(left, .milliseconds(250))
    for queue in [queue, longQueue] { queue.stop(within: end - .now) }
  }

  private func nextReady() -> [Epoll.Ready] {
    if !parted.isEmpty { return epoll.wait(milliseconds: 0) }
    let patience = patience()
    let atOnce = spin.first { () -> [Epoll.Ready]? in
      let ready = epoll.wait(milliseconds: 0)
      return ready.isEmpty && patience != 0 ? nil : ready
    }
    return atOnce ?? epoll.wait(milliseconds: patience)
  }

  private func serve(_ connection: ServedConnection, _ ready: Epoll.Ready) {
    if ready.isHungUp {
      // What the peer had sent may still want an answer, but nobody is there to read it.
      epoll.remove(connection.file.number)
      return parted.add(connection.number)
    }
    touched.insert(connection.number)
    if ready.isReadable { read(connection) }
  }

  /// A few at a time, so that thousands that end at once are not before those who ask, and no more once much has
  /// been given back to the system, which takes its time.
  private func closeParted() {
    var freed = 0
    for _ in 0..<16 where freed < Self.freedAtOnce {
      guard let number = parted.take() else { return }
      guard let connection = connections[number] else { continue }
      freed += connection.countedBytes
      drop(connection, because: "closed by the peer")
    }
  }

  private func read(_ connection: ServedConnection) {
    // A few rounds, so that one busy peer does not keep the others waiting.
    for _ in 0..<4 where !connection.isReadClosed && !connection.isClosing {
      let (count, bytes) = buffer.receive(
        from: connection.file.number, flags: Int32(MSG_DONTWAIT))
      if count == 0 {
        connection.isReadClosed = true
        return
      }
      guard count > 0 else {
        if lastError != EAGAIN, lastError != EINTR {
          drop(connection, because: describeError(lastError))
        }
        return
      }
      connection.bytesIn += UInt64(count)
      gauges.bytesIn.add(UInt64(count), ordering: .relaxed)
      var input = bytes
      while !connection.isClosing, let event = connection.wire.next(&input) {
        handle(event, on: connection)
      }
      timeFrame(of: connection)
      if count < buffer.count || isFull(connection) { return }
    }
  }

  /// Whether so much is in progress for it that nothing more is read.
  func isFull(_ connection: ServedConnection) -> Bool {
    connection.wire.bytesWaiting > Self.roomForAnswers
      || connection.heldBytes > Self.roomForRequests
  }

  private func handle(_ message: LoopMessage) {
    switch message {
    case .answer(let number, let stream, let body):
      guard let connection = connections[number] else { return }
      touched.insert(number)
      if connection.wire.answer(stream, body) { forget(stream, on: connection) }
    case .unsealed(let number, let stream, let opened):
      guard let connection = connections[number] else { return }
      touched.insert(number)
      connection.heldBytes -= connection.sealed.removeValue(forKey: stream) ?? 0
      if let event = connection.wire.unseal(stream, opened) { handle(event, on: connection) }
    case .opened(let number, let stream, let source):
      begin(source, number, stream)
    case .stepped(let number, let stream, let step):
      take(step, number, stream)
    case .woken(let number, let stream):
      guard let connection = connections[number] else { return }
      connection.calls[stream]?.pump?.hasWork = true
      advance(stream, on: connection)
      touched.insert(number)
    case .pulse(let beat): beat()
    case .inspect(let receive): inspect(receive)
    case .trace(let tap): begin(tap)
    case .endTrace(let tap): end(tap)
    case .shutdown: drain()
    }
  }

  // MARK: Settling

  private func settleTouched() {
    while let number = touched.popFirst() {
      if let connection = connections[number] { settle(connection) }
    }
    while heldBytes > options.heldBytes { shed() }
  }

  /// Sends what can be sent, lets streams fill the room that made, and closes what is over.
  private func settle(_ connection: ServedConnection) {
    repeat {
      guard flush(connection) else { return }
      if connection.wire.bytesWaiting < Self.roomForMessages { advanceStreams(on: connection) }
    } while connection.wire.bytesWaiting > 0 && !isBlocked

    count(connection)
    guard connection.wire.bytesWaiting <= Self.mostUnread else {
      log(.init(level: .warning, message: "closed: it does not read its answers", connection))
      return drop(connection, because: "answers left unread")
    }
    let isIdle = connection.wire.openStreams == 0 && connection.wire.bytesWaiting == 0
    if isIdle, connection.isReadClosed || connection.isClosing || isDraining {
      return drop(connection, because: "done")
    }
    if connection.isClosing, connection.wire.bytesWaiting == 0 {
      return drop(connection, because: "done")
    }
    watch(connection)
  }

  /// Whether the last flush ended because the socket was full.
  private var isBlocked = false

  /// False when the connection is gone.
  private func flush(_ connection: ServedConnection) -> Bool {
    isBlocked = false
    // Before the peer can have them, so that who has an answer can be sure to find it traced.
    if connection.isTraced { handOnTrace(of: connection) }
    var failure: Int32?
    let descriptor = connection.file.number
    connection.wire.send { first, second in
      let count = sendTogether(first, second, to: descriptor)
      guard count >= 0 else {
        if lastError == EAGAIN || lastError == EINTR {
          isBlocked = true
        } else {
          failure = lastError
        }
        return 0
      }
      if count < first.count + second.count { isBlocked = true }
      connection.bytesOut += UInt64(count)
      gauges.bytesOut.add(UInt64(count), ordering: .relaxed)
      return count
    }
    if let failure {
      drop(connection, because: describeError(failure))
      return false
    }
    return true
  }

  private func watch(_ connection: ServedConnection) {
    var interest: UInt32 = 0
    let waiting = connection.wire.bytesWaiting
    if !connection.isReadClosed, !connection.isClosing, !isFull(connection) {
      interest |= Epoll.readable
    }
    if waiting > 0 { interest |= Epoll.writable }
    guard interest != connection.interest else { return }
    connection.interest = interest
    epoll.change(connection.file.number, number: connection.number, events: interest)
  }

  /// Closes a connection and ends all that was in progress on it.
  func drop(_ connection: ServedConnection, because reason: String) {
    guard connections.removeValue(forKey: connection.number) != nil else { return }
    connection.life.isOver.store(true, ordering: .relaxed)
    heldBytes -= connection.countedBytes
    abandonCalls(of: connection)
    endTraces(of: connection)
    let uid = connection.peer.uid
    let others = (connectionsOfUser[uid] ?? 1) - 1
    connectionsOfUser[uid] = others > 0 ? others : nil
    gauges.connections.subtract(1, ordering: .relaxed)
    resumeAccepting()
    log(.init(level: .debug, message: "closed: \(reason)", connection))
  }
}
