internal import Glibc

/// A call that has been sent and not yet been answered.
public struct PendingCall: Sendable {
  let stream: UInt32
  let deadline: ContinuousClock.Instant?
}

/// A blocking client on one connection; for one thread at a time.
///
/// It reads while it writes, so that two peers with full sockets do not wait for each other.
public final class Client {
  /// What a local clock adds to a call's timeout, so that the server's own word is heard first.
  private static let grace: Duration = .milliseconds(250)
  /// Bytes of unread messages after which a stream without credit is given up.
  private static let unreadLimit = 16_777_216

  private let file: FileDescriptor
  private var wire = ClientConnection(maxInflated: Extension.greatestInflated)
  private var window = Extension.defaultWindow
  private var answers: [UInt32: ResponseEnvelope] = [:]
  private var streams: [UInt32: StreamInbox] = [:]
  /// The stream of the last message: most messages follow one of their own.
  private var latest: (stream: UInt32, inbox: StreamInbox)?
  private var lost: ClientError?
  private let buffer = ReadBuffer()
  private var spin = BriefSpin()

  /// Connects to a Unix socket. Throws `ClientError.cannotConnect`.
  public init(socketPath path: String) throws(ClientError) {
    let address: SocketAddress
    do throws(ListeningError) {
      address = try SocketAddress(path: path)
    } catch {
      throw .cannotConnect(path: path, number: ENAMETOOLONG, reason: error.description)
    }
    let number = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else {
      let failure = lastError
      throw .cannotConnect(path: path, number: failure, reason: describeError(failure))
    }
    file = FileDescriptor(number)
    guard address.withPointer({ connect(number, $0, $1) }) == 0 else {
      let failure = lastError
      throw .cannotConnect(path: path, number: failure, reason: describeError(failure))
    }
  }

  /// Switches on what a Hello call has agreed. `window` is what this client said it takes of each
  /// stream, in bytes; what the specification does not allow is the nearest that it does.
  public func enable(_ agreed: Extension, window: Int = Extension.defaultWindow) {
    self.window = min(max(window, 1), Int(Int32.max))
    wire.enable(agreed)
  }

  /// What a Hello call has agreed.
  public var agreed: Extension { wire.agreed }

  /// One call and its answer.
  ///
  /// Throws `RPCStatus` for an answer that is an error (DEADLINE_EXCEEDED when `timeout` passes
  /// first), `ClientError` when the connection fails.
  public func call(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil,
    metadata: [(name: String, value: String)] = []
  ) throws -> [UInt8] {
    try answer(
      to: begin(service, method, payload, timeout: timeout, metadata: metadata))
  }

  /// Sends a call; others may be sent before its answer is asked for.
  public func begin(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil,
    metadata: [(name: String, value: String)] = []
  ) throws -> PendingCall {
    let stream = try send(service, method, payload, timeout, metadata, isStream: false)
    return PendingCall(
      stream: stream, deadline: timeout.map { ContinuousClock.now + $0 + Self.grace })
  }

  /// Waits for a call's answer, once for each call; throws as `call` does.
  public func answer(to call: PendingCall) throws -> [UInt8] {
    while true {
      if let answer = answers.removeValue(forKey: call.stream) { return try answer.result.get() }
      guard try exchange(until: call.deadline) else {
        wire.cancel(call.stream)
        try flush()
        throw RPCStatus(.deadlineExceeded, "no answer within the time given")
      }
    }
  }

  /// Opens a server stream. `timeout` bounds the whole stream.
  public func stream(
    _ service: String, _ method: String, _ payload: [UInt8], timeout: Duration? = nil,
    metadata: [(name: String, value: String)] = []
  ) throws -> IncomingStream {
    let stream = try send(service, method, payload, timeout, metadata, isStream: true)
    let inbox = StreamInbox()
    streams[stream] = inbox
    return IncomingStream(self, stream, inbox)
  }

  /// Sends a ping, where that is agreed on; its answer is passed over.
  public func ping() throws {
    wire.ping(0)
    try flush()
  }

  /// For `poll`: readable when something has come. Look at `IncomingStream.hasMessage` first.
  public var fileDescriptor: Int32 { file.number }

  /// Closes the connection; the server cancels what was in progress on it.
  public func close() {
    if lost == nil { lost = .connectionLost("closed by this side") }
    shutdown(file.number, Int32(SHUT_RDWR))
  }

  private func send(
    _ service: String, _ method: String, _ payload: [UInt8], _ timeout: Duration?,
    _ metadata: [(name: String, value: String)], isStream: Bool
  ) throws -> UInt32 {
    if let lost { throw lost }
    var request = RequestEnvelope()
    request.service = service
    request.method = method
    request.payload = payload
    request.metadata = metadata
    request.timeoutNanoseconds = timeout?.wireNanoseconds ?? 0
    let stream = try wire.request(request, isStream: isStream)
    try flush()
    return stream
  }
}

// MARK: - Streams

extension Client {
  func next(
    _ stream: UInt32, _ inbox: StreamInbox, until deadline: ContinuousClock.Instant?
  ) throws -> [UInt8]? {
    while true {
      if let message = inbox.messages.popFirst() {
        inbox.unread -= message.wireBytes
        inbox.ungranted += message.wireBytes
        if inbox.ungranted >= max(window / 2, 1) {
          wire.grant(stream, bytes: inbox.ungranted)
          inbox.ungranted = 0
        }
        if wire.bytesWaiting > 0 { try? flush() }
        return message.bytes
      }
      if let end = inbox.end {
        // What a stream ended with is said again to whoever asks again.
        try end.get()
        return nil
      }
      guard try exchange(until: deadline) else { throw ClientError.nothingYet }
    }
  }

  func cancel(_ stream: UInt32) {
    guard let inbox = streams[stream], inbox.end == nil else { return }
    inbox.messages.removeAll()
    inbox.end = .failure(RPCStatus(.cancelled, "cancelled by this side"))
    wire.cancel(stream)
    try? flush()
  }

  func forget(_ stream: UInt32) {
    cancel(stream)
    streams[stream] = nil
    if latest?.stream == stream { latest = nil }
  }

  private func inbox(of stream: UInt32) -> StreamInbox? {
    if let latest, latest.stream == stream { return latest.inbox }
    guard let inbox = streams[stream] else { return nil }
    latest = (stream, inbox)
    return inbox
  }

  private func take(_ event: ClientEvent) {
    switch event {
    case .message(let stream, let bytes, let wireBytes):
      guard let inbox = inbox(of: stream), inbox.end == nil else { return }
      inbox.messages.append(bytes, wireBytes)
      inbox.unread += wireBytes
      if inbox.unread > max(Self.unreadLimit, window * 2) {
        cancel(stream)
        inbox.end = .failure(
          RPCStatus(.resourceExhausted, "\(inbox.unread) bytes of messages were left unread"))
      }
    case .response(let stream, let response):
      guard let inbox = streams[stream] else {
        answers[stream] = response
        return
      }
      if inbox.end == nil { inbox.end = response.result.map { _ in } }
    case .remoteClosed(let stream):
      if let inbox = streams[stream], inbox.end == nil { inbox.end = .success(()) }
    case .failed(let status): lost = .connectionLost("protocol error: \(status)")
    case .goAway, .pong: break
    }
  }
}

// MARK: - The socket

extension Client {
  /// Sends and receives something; false when the deadline passes first.
  private func exchange(until deadline: ContinuousClock.Instant?) throws -> Bool {
    if let lost { throw lost }
    if try spin.first({ try receive(flags: Int32(MSG_DONTWAIT)) ? true : nil }) != nil {
      return true
    }
    if deadline != nil || wire.bytesWaiting > 0 {
      guard try waitForSocket(until: deadline) else { return false }
      try flush()
    }
    // With nothing to send and no deadline this is where the thread waits.
    let mayWait = deadline == nil && wire.bytesWaiting == 0
    _ = try receive(flags: mayWait ? 0 : Int32(MSG_DONTWAIT))
    return true
  }

  private func waitForSocket(until deadline: ContinuousClock.Instant?) throws -> Bool {
    var milliseconds: Int32 = -1
    if let deadline {
      let left = ((deadline - .now) / .milliseconds(1)).rounded(.up)
      milliseconds = Int32(min(max(left, 0), 86_400_000))
    }
    let writing = wire.bytesWaiting > 0 ? POLLOUT : 0
    var entry = pollfd(
      fd: file.number, events: Int16(POLLIN | writing), revents: 0)
    let count = poll(&entry, 1, milliseconds)
    if count < 0, lastError != EINTR { throw lose(describeError(lastError)) }
    if count == 0, let deadline { return deadline > .now }
    return true
  }

  private func flush() throws {
    if let lost { throw lost }
    var failure: Int32?
    wire.send { first, second in
      let count = sendTogether(first, second, to: file.number)
      if count < 0, lastError != EAGAIN, lastError != EINTR { failure = lastError }
      return max(count, 0)
    }
    // What the server said before it closed is still to be read; the next receive tells.
    if let failure, failure != EPIPE { throw lose(describeError(failure)) }
  }

  /// False when nothing was there to be received.
  private func receive(flags: Int32) throws -> Bool {
    let (count, bytes) = buffer.receive(from: file.number, flags: flags)
    guard count > 0 else {
      if count == 0 { throw lose("the server closed it") }
      if lastError == EAGAIN || lastError == EINTR { return false }
      throw lose(describeError(lastError))
    }
    var input = bytes
    while let event = wire.next(&input) { take(event) }
    return true
  }

  private func lose(_ reason: String) -> ClientError {
    let error = ClientError.connectionLost(reason)
    lost = error
    return error
  }
}

extension Duration {
  /// For a request: at least one, since 0 means for ever; what is over is negative.
  fileprivate var wireNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? -1 : Int64.max }
    let (sum, isTooMuch) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    guard !isTooMuch else { return Int64.max }
    return sum == 0 ? -1 : sum
  }
}
