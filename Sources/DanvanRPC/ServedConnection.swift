internal import Synchronization

/// One connection as the I/O thread keeps it; idle, it costs little more than its fields.
final class ServedConnection {
  let number: UInt64
  let file: FileDescriptor
  let peer: Peer
  var wire: ServerConnection
  var calls: [UInt32: ServedCall] = [:]
  /// Streams that have credit and something to send, and wait for the socket to take what is there.
  var waitingForRoom: Set<UInt32> = []

  /// Whether a request has come; Hello must be the first.
  var hasCalled = false
  var hasSaidHello = false
  /// The client sends nothing more.
  var isReadClosed = false
  /// Nothing more is read; it is closed as soon as what waits has been sent.
  var isClosing = false
  /// One user too many: its first call is answered with the reason.
  var isRefused = false
  /// Whether somebody follows its frames.
  var isTraced = false
  /// Who the client says it is.
  var client = ""
  let began: ContinuousClock.Instant
  /// What epoll was last told.
  var interest: UInt32 = Epoll.readable

  /// When the frame in progress began, or when the end was decided.
  var waitingSince: ContinuousClock.Instant?
  /// How many frames had come then.
  var waitingFrame = 0
  var hasTimer = false
  var budget: CancelBudget

  /// Bytes of the requests of calls in progress; of those being inflated, what they will be.
  var heldBytes = 0
  /// Bytes that streams have ready, and cannot send yet.
  var readyBytes = 0
  /// What the server has last counted for it.
  var countedBytes = 0
  /// Requests that are being inflated, and how long they will be.
  var sealed: [UInt32: Int] = [:]
  /// For work on other threads that is of no use once the connection is gone.
  private(set) lazy var life = Lifeline()
  var callCount: UInt64 = 0
  var bytesIn: UInt64 = 0
  var bytesOut: UInt64 = 0

  init(
    number: UInt64, file: FileDescriptor, peer: Peer, wire: ServerConnection,
    now: ContinuousClock.Instant
  ) {
    self.number = number
    self.file = file
    self.peer = peer
    self.wire = wire
    budget = CancelBudget(now: now)
    began = now
  }

  /// All that is kept for the peer.
  var weight: Int { wire.bytesHeld + wire.bytesWaiting + heldBytes + readyBytes }

  func info(now: ContinuousClock.Instant) -> ConnectionInfo {
    ConnectionInfo(
      number: number, peer: peer, client: client, features: wire.agreed.features,
      age: now - began, callCount: callCount, bytesIn: bytesIn, bytesOut: bytesOut,
      bytesWaiting: wire.bytesWaiting,
      inProgress: calls.sorted { $0.key < $1.key }.map { stream, call in
        ConnectionInfo.Call(
          stream: stream, method: call.method, position: call.pump?.source.position)
      })
  }
}

/// Tells other threads whether a connection is still there.
final class Lifeline: Sendable {
  let isOver = Atomic(false)
}

/// One call in progress.
struct ServedCall {
  let method: (service: String, name: String)
  let cancellation: Cancellation
  let deadline: ContinuousClock.Instant?
  /// Whether a graceful end waits for it, as for work that was asked for; a long poll or a stream
  /// is ended instead.
  let isAwaited: Bool
  let heldBytes: Int
  let bell: Bell?
  var pump: Pump?
}

/// Where a stream stands between its source and the wire.
struct Pump {
  let source: PulledSource
  /// Packed and waiting for credit or room: never more than one step of the source's.
  var bodies: ArraySlice<FrameBody> = []
  /// What they were together when they came.
  var readyBytes = 0
  /// How the stream ends once they are sent.
  var ending: PulledStep.Then?
  var isPulling = false
  /// Whether the source may have something.
  var hasWork = true

  init(_ source: PulledSource) { self.source = source }
}

/// How often a client may have calls end by cancelling or by breaking a rule: 1,000 at once, 100
/// a second in the long run. It bounds the work of opening calls only to drop them.
struct CancelBudget {
  private static let burst = 1_000.0
  private static let perSecond = 100.0

  private var left = burst
  private var time: ContinuousClock.Instant

  init(now: ContinuousClock.Instant) { time = now }

  /// False when the client has used it up.
  mutating func spend(now: ContinuousClock.Instant) -> Bool {
    let seconds = (now - time) / .seconds(1)
    time = now
    left = min(Self.burst, left + seconds * Self.perSecond) - 1
    return left >= 0
  }
}
