internal import Synchronization

/// From requests to handlers and from handlers to answers.
extension ServerLoop {
  func handle(_ event: ServerEvent, on connection: ServedConnection) {
    switch event {
    case .request(let stream, let request):
      gauges.calls.add(1, ordering: .relaxed)
      connection.callCount += 1
      do {
        try begin(request, stream, on: connection)
      } catch {
        connection.wire.fail(stream, status(of: error, on: connection))
      }
      connection.hasCalled = true
    case .sealed(let stream, let sealed):
      connection.hasCalled = true
      unseal(sealed, stream, on: connection)
    case .message(let stream, _):
      end(
        stream, RPCStatus(.invalidArgument, "the method takes one message"), on: connection)
      spendBudget(of: connection)
    case .cancelled(let stream, _):
      forget(stream, on: connection, isCancelled: true)
      spendBudget(of: connection)
    case .credit(let stream): advance(stream, on: connection)
    case .failed(let status):
      log(.init(level: .warning, message: "protocol error: \(status)", connection))
      close(connection)
    case .remoteClosed, .pong: break
    }
    // A refused connection has had its one answer.
    if connection.isRefused { connection.isClosing = true }
  }

  /// Has a request inflated, and counts it from now on as what it will be.
  private func unseal(
    _ sealed: SealedRequest, _ stream: UInt32, on connection: ServedConnection
  ) {
    connection.sealed[stream] = sealed.declaredLength
    connection.heldBytes += sealed.declaredLength
    let (number, life) = (connection.number, connection.life)
    queue(for: sealed.declaredLength).add(of: number) { [inbox] in
      guard !life.isOver.load(ordering: .relaxed) else { return }
      inbox.post(.unsealed(connection: number, stream: stream, sealed.open()))
    }
  }

  private func begin(
    _ request: RequestEnvelope, _ stream: UInt32, on connection: ServedConnection
  ) throws {
    let route = try router.route(request.service, request.method)
    let deadline = try Self.deadline(of: request, route)
    let agreed = connection.wire.agreed
    let call = Call(
      service: request.service, method: request.method, payload: request.payload,
      peer: connection.peer, metadata: request.metadata, deadline: deadline,
      acceptsZlib: agreed.features.contains(.zlib), connection: connection.number,
      cancellation: Cancellation())
    let number = connection.number
    switch route {
    case .hello(let handler): try hello(call, stream, on: connection, handler)
    case .unary(.inline, _, let handler):
      connection.wire.answer(stream, .response(.success(try handler(call)), for: agreed))
    case .unary(.pooled, _, let handler):
      let report = failureReport(for: connection)
      let isTaken = queue(for: call.payload.count).tryAdd(of: number) { [inbox] in
        guard !call.isCancelled else { return }
        var result = Result { try handler(call) }.mapError(report)
        // A handler that stopped because its time was up has no answer, whatever it returned.
        if call.isCancelled { result = .failure(Self.late) }
        inbox.post(
          .answer(connection: number, stream: stream, .response(result, for: agreed)))
      }
      guard isTaken else { throw Self.busy }
      keep(call, stream, on: connection, isAwaited: true)
    case .deferred(let execution, let handler):
      let reply = Reply { [inbox] result in
        inbox.post(
          .answer(connection: number, stream: stream, .response(result, for: agreed)))
      }
      if case .pooled = execution {
        guard queue(for: call.payload.count).tryAdd(of: number, { handler(call, reply) }) else {
          throw Self.busy
        }
      }
      keep(call, stream, on: connection, isAwaited: false)
      if case .inline = execution { handler(call, reply) }
    case .serverStream(let open):
      try beginStream(call, stream, on: connection, open)
    }
  }

  /// The workers for a request of so many bytes.
  private func queue(for length: Int) -> WorkQueue {
    length > options.longRequest ? longQueue : queue
  }

  private func hello(
    _ call: Call, _ stream: UInt32, on connection: ServedConnection,
    _ handler: @Sendable (Call) throws -> HelloAnswer
  ) throws {
    guard !connection.hasCalled else {
      let wrong = connection.hasSaidHello ? "given already" : "not the first call"
      throw RPCStatus(.failedPrecondition, "Hello was \(wrong)")
    }
    let answer = try handler(call)
    connection.wire.answer(stream, .response(.success(answer.payload), for: .none))
    connection.wire.enable(answer.agreed)
    connection.hasSaidHello = true
    connection.client = answer.client
  }

  /// The deadline that the client sets, else the method's own. Throws DEADLINE_EXCEEDED for one
  /// that has passed already.
  private static func deadline(
    of request: RequestEnvelope, _ route: Router.Route
  ) throws(RPCStatus) -> ContinuousClock.Instant? {
    guard request.timeoutNanoseconds >= 0 else {
      throw RPCStatus(.deadlineExceeded, "the deadline had passed before the call")
    }
    if request.timeoutNanoseconds > 0 {
      return .now + .nanoseconds(request.timeoutNanoseconds)
    }
    guard case .unary(.pooled, let limit?, _) = route else { return nil }
    return .now + limit
  }

  static let late = RPCStatus(.deadlineExceeded, "the deadline has passed")
  private static let busy = RPCStatus(.resourceExhausted, "too many calls are waiting")

  func keep(
    _ call: Call, _ stream: UInt32, on connection: ServedConnection, isAwaited: Bool,
    bell: Bell? = nil
  ) {
    let served = ServedCall(
      method: (call.service, call.method), cancellation: call.cancellation, deadline: call.deadline,
      isAwaited: isAwaited,
      heldBytes: call.payload.count, bell: bell)
    connection.calls[stream] = served
    connection.heldBytes += served.heldBytes
    if bell != nil { gauges.streams.add(1, ordering: .relaxed) }
    time(served, stream, on: connection)
  }

  // MARK: Endings

  /// Ends a call from this side with a status.
  func end(_ stream: UInt32, _ status: RPCStatus, on connection: ServedConnection) {
    connection.wire.fail(stream, status)
    forget(stream, on: connection, isCancelled: true)
  }

  /// Lets go of a call that has its terminal frame.
  func forget(_ stream: UInt32, on connection: ServedConnection, isCancelled: Bool = false) {
    guard let call = connection.calls.removeValue(forKey: stream) else { return }
    connection.waitingForRoom.remove(stream)
    connection.heldBytes -= call.heldBytes
    connection.readyBytes -= call.pump?.readyBytes ?? 0
    if call.deadline != nil { timedCalls -= 1 }
    if call.bell != nil { gauges.streams.subtract(1, ordering: .relaxed) }
    if let source = call.pump?.source { queue.add(of: connection.number) { source.close() } }
    guard isCancelled else { return call.cancellation.finish() }
    let actions = call.cancellation.cancel()
    if !actions.isEmpty {
      queue.add(of: connection.number) { for action in actions { action() } }
    }
  }

  func abandonCalls(of connection: ServedConnection) {
    _ = connection.wire.abandon()
    for stream in connection.calls.keys { forget(stream, on: connection, isCancelled: true) }
  }

  /// Sends what waits and closes, after a fault of the peer's.
  private func close(_ connection: ServedConnection) {
    connection.isClosing = true
    abandonCalls(of: connection)
    timeFrame(of: connection)
  }

  private func spendBudget(of connection: ServedConnection) {
    guard !connection.isClosing, !connection.budget.spend(now: .now) else { return }
    let status = RPCStatus(.resourceExhausted, "too many calls were dropped: calm down")
    log(.init(level: .warning, message: status.message, connection))
    connection.wire.goAway(status)
    for stream in connection.calls.keys { end(stream, status, on: connection) }
    close(connection)
  }

  // MARK: Failures

  func status(of error: any Error, on connection: ServedConnection) -> RPCStatus {
    failureReport(for: connection)(error)
  }

  /// What a handler's error becomes: a status as it is; all else stays in the log.
  func failureReport(for connection: ServedConnection) -> @Sendable (any Error) -> RPCStatus {
    let (log, number, peer) = (log, connection.number, connection.peer)
    return { error in
      if let status = error as? RPCStatus, status.code != 0 { return status }
      log(
        ServerLogRecord(
          level: .error, message: "a handler failed: \(error)", connection: number, peer: peer))
      return RPCStatus(.internalError, "internal error; the server's log says more")
    }
  }
}
