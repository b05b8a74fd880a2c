/// What a server's application hears of one connection.
public enum ServerEvent: Sendable {
  case request(stream: UInt32, RequestEnvelope)
  /// A request that takes a while to inflate: open it, on another thread if need be, and hand it to
  /// `unseal`.
  case sealed(stream: UInt32, SealedRequest)
  /// A further message from a client that has kept its side of the stream open.
  case message(stream: UInt32, [UInt8])
  /// The client sends nothing more on this stream.
  case remoteClosed(stream: UInt32)
  /// The answer is no longer wanted and its terminal frame has been made.
  case cancelled(stream: UInt32, RPCStatus)
  /// A stream that had no credit has some.
  case credit(stream: UInt32)
  case pong(UInt64)
  /// The peer broke a rule that the connection does not survive: send what there is and close.
  case failed(RPCStatus)
}

/// A server's side of one connection: bytes in, events and bytes out. It has no clock, no socket
/// and no thread.
///
/// Each stream gets exactly one terminal frame, whatever its handler, its deadline and its client
/// do at the same time: what comes after it is dropped here.
public struct ServerConnection {
  private struct Stream {
    var credit: Credit
    var isRemoteOpen: Bool
    var hasSent = false
  }

  private var channel: FrameChannel
  private let streamLimit: Int
  private var streams: [UInt32: Stream] = [:]
  private var last: UInt32 = 0
  private var goingAway: RPCStatus?
  private var hasFailed = false
  /// What a frame says besides its first event.
  private var pending: ServerEvent?

  /// `streamLimit` calls in progress; frames that inflate to at most `maxInflated` bytes.
  public init(streamLimit: Int, maxInflated: Int) {
    self.streamLimit = streamLimit
    channel = FrameChannel(maxInflated: maxInflated)
  }

  /// What the peer takes.
  public var agreed: Extension { channel.agreed }
  public var openStreams: Int { streams.count }
  /// Whether a frame has begun and not ended.
  public var isMidFrame: Bool { channel.isMidFrame }
  /// Frames taken or refused so far.
  public var frameCount: Int { channel.frameCount }
  /// Bytes gathered of a frame that has not ended.
  public var bytesHeld: Int { channel.bytesHeld }
  public var bytesWaiting: Int { channel.outbox.count }

  /// Offers the bytes to be sent to `write`, in two pieces; it says how many of them it took.
  public mutating func send(_ write: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int) {
    channel.send(write)
  }

  /// Takes the next event out of `input`; nil when all of it is used up.
  public mutating func next(_ input: inout UnsafeRawBufferPointer) -> ServerEvent? {
    if let event = pending.take() { return event }
    while !hasFailed, let incoming = channel.next(&input) {
      let event: ServerEvent?
      switch incoming {
      case .oversized(let header, let status): event = refuse(header, status)
      case .pong(let number): event = .pong(number)
      case .frame(let header, let bytes):
        switch header.type {
        case FrameType.request: event = request(header, bytes)
        case FrameType.data: event = data(header, bytes)
        case FrameType.cancel: event = cancel(header.stream)
        case FrameType.credit: event = credit(header, bytes)
        // What only a server sends means nothing from a client.
        default: event = nil
        }
      }
      if let event { return event }
    }
    return nil
  }

  /// Takes back what a sealed request held; nil when nobody wants it any more.
  public mutating func unseal(_ stream: UInt32, _ opened: OpenedRequest) -> ServerEvent? {
    guard !hasFailed, streams[stream] != nil else { return nil }
    switch opened.result {
    case .success(let request): return .request(stream: stream, request)
    case .failure(let refusal): return refuse(stream, refusal)
    }
  }

  // MARK: Answering

  /// Whether the stream is in progress.
  public func isOpen(_ stream: UInt32) -> Bool { streams[stream] != nil }

  /// Whether a message may be sent on the stream now.
  public func maySend(_ stream: UInt32) -> Bool { streams[stream]?.credit.isThere ?? false }

  /// Ends a stream with an answer; false when it has ended already and the answer is dropped.
  @discardableResult
  public mutating func answer(_ stream: UInt32, _ body: FrameBody) -> Bool {
    guard let state = streams.removeValue(forKey: stream) else { return false }
    // After messages the answer must not overtake them.
    channel.append(
      FrameType.response, stream: stream, body, isUrgent: !state.hasSent)
    return true
  }

  /// Ends a stream with a status; false when it has ended already.
  @discardableResult
  public mutating func fail(_ stream: UInt32, _ status: RPCStatus) -> Bool {
    answer(stream, .status(status))
  }

  /// Sends messages off the front of `bodies` while there is credit and less than `room` bytes wait.
  public mutating func send(_ stream: UInt32, _ bodies: inout ArraySlice<FrameBody>, room: Int) {
    guard !bodies.isEmpty, let known = streams.index(forKey: stream) else { return }
    var state = streams.values[known]
    var place = bodies.startIndex
    while place < bodies.endIndex, state.credit.isThere, bytesWaiting < room {
      let body = bodies[place]
      state.credit.spend(body.count)
      state.hasSent = true
      channel.append(FrameType.data, stream: stream, body, isUrgent: false)
      place += 1
    }
    streams.values[known] = state
    bodies = bodies[place...]
  }

  /// Ends a stream of messages that went well.
  public mutating func finish(_ stream: UInt32) {
    guard streams.removeValue(forKey: stream) != nil else { return }
    channel.append(
      FrameType.data, stream: stream, flags: FrameFlags.remoteClosed | FrameFlags.noData,
      isUrgent: false)
  }

  /// Switches the extension on; after the answer to Hello has been given.
  public mutating func enable(_ agreed: Extension) { channel.agreed = agreed }

  /// Begins or ends keeping what `takeTrace` takes.
  public mutating func setTraced(_ isTraced: Bool) { channel.setTraced(isTraced) }

  /// The frames in both directions since the last time, in the order they came and were made.
  public mutating func takeTrace() -> [TracedFrame] { channel.takeTrace() }

  public mutating func ping(_ number: UInt64) { channel.ping(number) }

  /// Refuses all further requests with `status`, and says so where that is agreed on.
  public mutating func goAway(_ status: RPCStatus) {
    guard goingAway == nil else { return }
    goingAway = status
    guard agreed.features.contains(.goaway) else { return }
    var data: [UInt8] = []
    data.appendBigEndian(last)
    data.appendBigEndian(UInt32(bitPattern: status.code))
    data.append(contentsOf: status.message.utf8)
    channel.append(FrameType.goaway, stream: 0, .data(data), isUrgent: true)
  }

  /// The client is gone: forgets all streams and returns them.
  public mutating func abandon() -> [UInt32] {
    defer { streams = [:] }
    return streams.keys.sorted()
  }
}

// MARK: - Frames

extension ServerConnection {
  private mutating func request(
    _ header: FrameHeader, _ bytes: FrameDecoder.Bytes
  ) -> ServerEvent? {
    let stream = header.stream
    if let wrong = claim(stream) { return end(stream, wrong) }
    if let goingAway { return end(stream, goingAway) }
    guard streams.count < streamLimit else {
      return end(
        stream, RPCStatus(.resourceExhausted, "more than \(streamLimit) calls on a connection"))
    }
    do throws(Refusal) {
      let opening = Stream(
        credit: Credit(window: agreed.features.contains(.credit) ? agreed.peerWindow : nil),
        isRemoteOpen: header.flags & FrameFlags.remoteOpen != 0)
      guard let compressed = try channel.compressed(header, bytes) else {
        let isEmpty = header.flags & FrameFlags.noData != 0
        let request = try SealedRequest.decode(bytes, isEmpty: isEmpty)
        streams[stream] = opening
        return .request(stream: stream, request)
      }
      streams[stream] = opening
      let sealed = SealedRequest(compressed: compressed)
      guard sealed.isQuick else { return .sealed(stream: stream, sealed) }
      return unseal(stream, sealed.open())
    } catch {
      return refuse(stream, error)
    }
  }

  /// Takes a client's new stream id; says what is wrong with it.
  private mutating func claim(_ stream: UInt32) -> RPCStatus? {
    guard stream % 2 == 1 else {
      return RPCStatus(.invalidArgument, "stream \(stream): a client's streams are odd")
    }
    guard stream > last else {
      return RPCStatus(.invalidArgument, "stream \(stream): not above the last one, \(last)")
    }
    last = stream
    return nil
  }

  private mutating func data(_ header: FrameHeader, _ bytes: FrameDecoder.Bytes) -> ServerEvent? {
    let stream = header.stream
    let isClosing = header.flags & FrameFlags.remoteClosed != 0
    let isEmpty = header.flags & FrameFlags.noData != 0
    guard let state = streams[stream] else {
      // A bare close may have crossed the answer on its way.
      if isClosing, isEmpty, stream <= last, stream % 2 == 1 { return nil }
      return end(stream, RPCStatus(.invalidArgument, "stream \(stream) is not open"))
    }
    guard state.isRemoteOpen else {
      return end(stream, RPCStatus(.invalidArgument, "stream \(stream): the client has closed it"))
    }
    if isClosing { streams[stream]?.isRemoteOpen = false }
    if isEmpty { return isClosing ? .remoteClosed(stream: stream) : nil }
    do throws(Refusal) {
      let message = try channel.plain(header, bytes).withBytes { [UInt8]($0) }
      if isClosing { pending = .remoteClosed(stream: stream) }
      return .message(stream: stream, message)
    } catch {
      return refuse(stream, error)
    }
  }

  private mutating func cancel(_ stream: UInt32) -> ServerEvent? {
    guard streams[stream] != nil else { return nil }
    return end(stream, RPCStatus(.cancelled, "cancelled by the client"))
  }

  private mutating func credit(_ header: FrameHeader, _ bytes: FrameDecoder.Bytes) -> ServerEvent? {
    let stream = header.stream
    guard streams[stream] != nil else { return nil }
    let amount = bytes.withBytes { $0.count == 4 ? $0.bigEndian(at: 0) : nil }
    guard let amount, streams[stream]?.credit.add(amount) == true else {
      return end(stream, RPCStatus(.invalidArgument, "stream \(stream): wrong credit"))
    }
    return .credit(stream: stream)
  }

  private mutating func refuse(_ header: FrameHeader, _ status: RPCStatus) -> ServerEvent? {
    guard header.type != FrameType.response else { return nil }
    if header.type == FrameType.request, let wrong = claim(header.stream) {
      return end(header.stream, wrong)
    }
    return end(header.stream, status)
  }

  private mutating func refuse(_ stream: UInt32, _ refusal: Refusal) -> ServerEvent? {
    let event = end(stream, refusal.status)
    guard refusal.isFatal else { return event }
    hasFailed = true
    return .failed(refusal.status)
  }

  /// Gives a stream its terminal frame, be it open or not.
  private mutating func end(_ stream: UInt32, _ status: RPCStatus) -> ServerEvent? {
    if fail(stream, status) { return .cancelled(stream: stream, status) }
    channel.append(
      FrameType.response, stream: stream, .status(status), isUrgent: true)
    return nil
  }
}
