import DanvanClient
import DanvanMessages
import Glibc

/// What is done with the events of a watch.
protocol EventSink {
  /// Whether another event may be handed in now.
  var hasRoom: Bool { get }
  /// Whether all that was handed in has been dealt with.
  var isIdle: Bool { get }
  /// Everything up to and with this has been dealt with; nil before the first.
  var handled: String? { get }
  /// When something is to be done without a new event, in seconds from now.
  var pause: Double? { get }

  mutating func take(_ event: Danvan_V1_WatchEvent) throws
  /// Goes on with what can go on.
  mutating func advance() throws
}

/// Follows the event log over lost connections: each event once, in order.
struct Follower<Sink: EventSink> {
  private var request: Danvan_V1_WatchRequest
  private var sink: Sink
  private let place: CursorPlace
  private let limit: Int?
  private let endsWhenLost: Bool
  /// How long to follow at all; nil: for ever.
  private let seconds: Double?
  private let connect: () throws -> DaemonConnection
  private var count = 0
  private let watch = Stopwatch()

  init(
    request: Danvan_V1_WatchRequest, sink: Sink, place: CursorPlace, limit: Int?,
    endsWhenLost: Bool, seconds: Double?, connect: @escaping () throws -> DaemonConnection
  ) {
    self.request = request
    self.sink = sink
    self.place = place
    self.limit = limit
    self.endsWhenLost = endsWhenLost
    self.seconds = seconds
    self.connect = connect
  }

  /// Follows until the limit, the time, a signal, or the output's reader ends it; the place reached
  /// is saved in any case.
  mutating func follow() throws {
    do {
      try followOverLosses()
    } catch {
      try? finish()
      throw error
    }
    try finish()
    if count == 0, Interruption.received == nil, limit == nil || limit != 0 {
      throw Failure(silent: .empty)
    }
  }

  private mutating func followOverLosses() throws {
    var backOff = BackOff()
    var connection: DaemonConnection? = try connect()
    while true {
      do {
        let open = try connection ?? connect()
        connection = nil
        if backOff.isUnderWay { Talk.say(Localized("connected again")) }
        defer { open.close() }
        if try follow(open, &backOff) { return }
      } catch let error as DaemonError where error.isPassing && !endsWhenLost {
        if !backOff.isUnderWay { Talk.say(Localized("\(error.told); trying again")) }
      }
      let resumes = Stopwatch()
      let pause = backOff.next()
      while resumes.seconds < pause {
        guard try goOn(for: nil, atMost: pause - resumes.seconds) else { return }
      }
    }
  }

  /// Follows on one connection; true when it is over for good, false when the daemon stopped.
  private mutating func follow(
    _ connection: DaemonConnection, _ backOff: inout BackOff
  ) throws -> Bool {
    // "now" is when the watch began, also if the connection is lost before the first mark.
    if request.from == "now", let head = connection.hello?.headCursor { request.from = head }
    let stream = try connection.watch(request)
    while true {
      let isFull = count == limit
      if isFull, sink.isIdle { return true }
      guard !isFull, sink.hasRoom else {
        guard try goOn(for: nil, atMost: nil) else { return true }
        continue
      }
      if !stream.hasEvent {
        guard try goOn(for: stream.fileDescriptor, atMost: nil) else { return true }
      }
      switch try stream.next(timeout: .zero) {
      case .nothing: continue
      case .end: throw DaemonError.lost("the daemon ended the watch")
      case .event(let event):
        try sink.take(event)
        backOff = BackOff()
        // From here a new connection goes on; what is saved is only what was dealt with.
        if !event.cursor.isEmpty { request.from = event.cursor }
        if !event.isMark { count += 1 }
        if Interruption.received != nil { return true }
        try sink.advance()
        place.note(sink.handled)
        try place.saveIfDue()
      }
    }
  }

  /// Ends what is under way, within five seconds, and saves the place.
  private mutating func finish() throws {
    let patience = Stopwatch()
    while !sink.isIdle, Interruption.received == nil || patience.seconds < 5,
      patience.seconds < 5 || count == limit
    {
      try sink.advance()
      if !sink.isIdle { _ = Interruption.wait(for: nil, seconds: min(sink.pause ?? 0.2, 0.2)) }
    }
    place.note(sink.handled)
    try place.save()
  }

  /// Waits until the descriptor is readable, the sink can go on, or `pause` is over; false when it
  /// is time to end.
  ///
  /// Throws `OutputClosed` as soon as nobody reads standard output any more.
  private mutating func goOn(for descriptor: Int32?, atMost pause: Double?) throws -> Bool {
    try sink.advance()
    place.note(sink.handled)
    try place.saveIfDue()
    let left = seconds.map { $0 - watch.seconds }
    if let left, left <= 0 { return false }
    let longest = [pause, left, sink.pause, place.pause].compactMap { $0 }.min()
    try Interruption.waitWhileRead(for: descriptor, seconds: longest)
    return Interruption.received == nil
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
  var isPassing: Bool {
    switch self {
    case .unreachable, .lost: true
    case .status(let status): status.code == 14
    case .malformed: false
    }
  }
}
