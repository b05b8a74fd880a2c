/// Server streams: sources are asked while there is credit and room, and not otherwise.
extension ServerLoop {
  func beginStream(
    _ call: Call, _ stream: UInt32, on connection: ServedConnection,
    _ open: @escaping @Sendable (Call, StreamHandle) throws -> any StreamSource
  ) throws {
    let number = connection.number
    let bell = Bell(inbox, connection: number, stream: stream)
    let report = failureReport(for: connection)
    let isTaken = queue.tryAdd(of: number) { [inbox] in
      guard !call.isCancelled else { return }
      do {
        let source = PulledSource(try open(call, StreamHandle { bell.ring() }))
        inbox.post(.opened(connection: number, stream: stream, source))
      } catch {
        inbox.post(.answer(connection: number, stream: stream, .status(report(error))))
      }
    }
    guard isTaken else {
      throw RPCStatus(.resourceExhausted, "too many calls are waiting")
    }
    keep(call, stream, on: connection, isAwaited: false, bell: bell)
  }

  func begin(_ source: PulledSource, _ number: UInt64, _ stream: UInt32) {
    guard let connection = connections[number], connection.calls[stream] != nil else {
      // The client left while the source was being opened.
      return queue.add(of: number) { source.close() }
    }
    connection.calls[stream]?.pump = Pump(source)
    advance(stream, on: connection)
    touched.insert(number)
  }

  func take(_ step: PulledStep, _ number: UInt64, _ stream: UInt32) {
    guard let connection = connections[number], var pump = connection.calls[stream]?.pump else {
      return
    }
    pump.isPulling = false
    pump.bodies = step.bodies[...]
    pump.readyBytes = step.bodies.reduce(0) { $0 + $1.count }
    connection.readyBytes += pump.readyBytes
    switch step.then {
    case .ask: pump.hasWork = true
    case .waitForRing: break
    case .end, .fail: pump.ending = step.then
    }
    connection.calls[stream]?.pump = pump
    advance(stream, on: connection)
    touched.insert(number)
  }

  func advanceStreams(on connection: ServedConnection) {
    // Not those without credit: that they stand still must cost nobody anything.
    for stream in connection.waitingForRoom {
      advance(stream, on: connection)
      if connection.wire.bytesWaiting >= Self.roomForMessages { return }
    }
  }

  /// Moves one stream on as far as credit, room and its source allow.
  func advance(_ stream: UInt32, on connection: ServedConnection) {
    guard var pump = connection.calls[stream]?.pump else { return }
    connection.wire.send(stream, &pump.bodies, room: Self.roomForMessages)
    if pump.bodies.isEmpty, pump.readyBytes > 0 {
      connection.readyBytes -= pump.readyBytes
      pump.readyBytes = 0
      connection.calls[stream]?.pump?.readyBytes = 0
    }
    if pump.bodies.isEmpty, let ending = pump.ending {
      return finish(stream, ending, on: connection)
    }
    if pump.bodies.isEmpty, pump.hasWork, !pump.isPulling, mayFill(stream, on: connection) {
      pump.isPulling = true
      pump.hasWork = false
      pull(pump.source, stream, on: connection)
    }
    connection.calls[stream]?.pump = pump
    let hasMore = !pump.bodies.isEmpty || (pump.hasWork && !pump.isPulling)
    if hasMore, connection.wire.maySend(stream) {
      connection.waitingForRoom.insert(stream)
    } else {
      connection.waitingForRoom.remove(stream)
    }
  }

  /// Whether there is credit, and room for a further message.
  private func mayFill(_ stream: UInt32, on connection: ServedConnection) -> Bool {
    connection.wire.bytesWaiting < Self.roomForMessages && connection.wire.maySend(stream)
  }

  private func pull(_ source: PulledSource, _ stream: UInt32, on connection: ServedConnection) {
    connection.calls[stream]?.bell?.arm()
    let (number, agreed) = (connection.number, connection.wire.agreed)
    let report = failureReport(for: connection)
    queue.add(of: number, .steps) { [inbox] in
      guard let step = source.pull(for: agreed, failure: report) else { return }
      inbox.post(.stepped(connection: number, stream: stream, step))
    }
  }

  private func finish(
    _ stream: UInt32, _ ending: PulledStep.Then, on connection: ServedConnection
  ) {
    if case .fail(let status) = ending {
      connection.wire.fail(stream, status)
    } else {
      connection.wire.finish(stream)
    }
    forget(stream, on: connection)
  }
}
