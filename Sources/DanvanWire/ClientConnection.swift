/// What a client's application hears of its connection.
public enum ClientEvent: Sendable {
  /// The terminal frame of a call, or of a stream that has ended with a status.
  case response(stream: UInt32, ResponseEnvelope)
  case message(stream: UInt32, [UInt8], wireBytes: Int)
  /// The server sends nothing more on this stream: it has ended well.
  case remoteClosed(stream: UInt32)
  /// The server takes no further calls; those after `last` were not looked at.
  case goAway(last: UInt32, RPCStatus)
  case pong(UInt64)
  /// The server sent what this client cannot read: close.
  case failed(RPCStatus)
}

/// A client's side of one connection: bytes in, events and bytes out.
public struct ClientConnection {
  private var channel: FrameChannel
  private var open: Set<UInt32> = []
  /// An open stream that a message has come on: most messages follow one of their own. 0 for none.
  private var latest: UInt32 = 0
  private var next: UInt64 = 1
  private var goingAway: RPCStatus?
  private var hasFailed = false
  /// What a frame says besides its first event.
  private var pending: ClientEvent?

  /// Frames that inflate to at most `maxInflated` bytes are taken.
  public init(maxInflated: Int = Extension.defaultInflated) {
    channel = FrameChannel(maxInflated: maxInflated)
  }

  public var agreed: Extension { channel.agreed }
  public var bytesWaiting: Int { channel.outbox.count }

  /// Offers the bytes to be sent to `write`, in two pieces; it says how many of them it took.
  public mutating func send(_ write: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int) {
    channel.send(write)
  }

  /// Switches the extension on; after the answer to Hello has come.
  public mutating func enable(_ agreed: Extension) { channel.agreed = agreed }

  /// Begins a call and returns its stream.
  ///
  /// Throws RESOURCE_EXHAUSTED for a request that is too long, UNAVAILABLE when the server takes no
  /// further calls or the stream ids are used up: connect anew.
  public mutating func request(
    _ request: RequestEnvelope, isStream: Bool
  ) throws(RPCStatus) -> UInt32 {
    if let goingAway { throw goingAway }
    guard let stream = UInt32(exactly: next) else {
      throw RPCStatus(.unavailable, "this connection's streams are used up")
    }
    let body = try FrameBody.request(request, for: agreed)
    next += 2
    open.insert(stream)
    channel.append(
      FrameType.request, stream: stream, flags: isStream ? FrameFlags.remoteClosed : 0, body,
      isUrgent: true)
    return stream
  }

  /// Asks the server to end a call, where that is agreed on; its terminal frame still comes.
  public mutating func cancel(_ stream: UInt32) {
    guard agreed.features.contains(.cancel), open.contains(stream) else { return }
    channel.append(FrameType.cancel, stream: stream, isUrgent: true)
  }

  /// Lets the server send this many more bytes of messages.
  public mutating func grant(_ stream: UInt32, bytes: Int) {
    guard agreed.features.contains(.credit), open.contains(stream),
      let amount = UInt32(exactly: bytes), amount > 0
    else { return }
    var data: [UInt8] = []
    data.appendBigEndian(amount)
    channel.append(FrameType.credit, stream: stream, .data(data), isUrgent: true)
  }

  public mutating func ping(_ number: UInt64) { channel.ping(number) }

  /// Takes the next event out of `input`; nil when all of it is used up.
  public mutating func next(_ input: inout UnsafeRawBufferPointer) -> ClientEvent? {
    if let event = pending.take() { return event }
    while !hasFailed, let incoming = channel.next(&input) {
      let event: ClientEvent?
      switch incoming {
      case .oversized(let header, let status): event = give(up: header, status)
      case .pong(let number): event = .pong(number)
      case .frame(let header, let bytes):
        do throws(Refusal) {
          event = try take(header, bytes)
        } catch {
          event = error.isFatal ? fail(error.status) : give(up: header, error.status)
        }
      }
      if let event { return event }
    }
    return nil
  }

  private mutating func take(
    _ header: FrameHeader, _ bytes: FrameDecoder.Bytes
  ) throws(Refusal) -> ClientEvent? {
    switch header.type {
    case FrameType.goaway: return goAway(bytes)
    case FrameType.response:
      // An answer to a call that was given up, or to none at all, is nobody's.
      guard open.contains(header.stream) else { return nil }
      let plain = try channel.plain(header, bytes)
      close(header.stream)
      do throws(RPCStatus) {
        let response = try plain.withBytes { data throws(RPCStatus) in
          try ResponseEnvelope(decoding: data)
        }
        return .response(stream: header.stream, response)
      } catch {
        return fail(error)
      }
    case FrameType.data:
      if header.stream != latest || latest == 0 {
        guard open.contains(header.stream) else { return nil }
        latest = header.stream
      }
      let hasData = header.flags & FrameFlags.noData == 0
      // What cannot be read ends the call by its status, so it is read before the call is closed.
      let message = hasData ? try channel.plain(header, bytes).withBytes { [UInt8]($0) } : nil
      let isClosing = header.flags & FrameFlags.remoteClosed != 0
      if isClosing { close(header.stream) }
      let close: ClientEvent? = isClosing ? .remoteClosed(stream: header.stream) : nil
      guard let message else { return close }
      pending = close
      return .message(stream: header.stream, message, wireBytes: header.length)
    default: return nil
    }
  }

  /// Ends a call whose frame is not taken; the server may not know of it.
  private mutating func give(up header: FrameHeader, _ status: RPCStatus) -> ClientEvent? {
    guard open.contains(header.stream) else { return nil }
    if header.type == FrameType.data { cancel(header.stream) }
    close(header.stream)
    return .response(stream: header.stream, ResponseEnvelope(.failure(status)))
  }

  private mutating func close(_ stream: UInt32) {
    open.remove(stream)
    if stream == latest { latest = 0 }
  }

  private mutating func goAway(_ bytes: FrameDecoder.Bytes) -> ClientEvent? {
    let read = bytes.withBytes { data -> (UInt32, RPCStatus)? in
      guard let last = data.bigEndian(at: 0), let code = data.bigEndian(at: 4) else { return nil }
      let text = String(validating: data[8...], as: UTF8.self) ?? ""
      return (last, RPCStatus(Int32(bitPattern: code), text))
    }
    guard let (last, status) = read else {
      return fail(RPCStatus(.internalError, "a malformed goaway"))
    }
    goingAway = status
    return .goAway(last: last, status)
  }

  private mutating func fail(_ status: RPCStatus) -> ClientEvent {
    hasFailed = true
    return .failed(status)
  }
}
