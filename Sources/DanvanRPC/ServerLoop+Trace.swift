/// Connections looked at from outside: their list, and their frames as they pass.
extension ServerLoop {
  func begin(_ tap: FrameTap) {
    taps.append(tap)
    if let number = tap.connection, connections[number] == nil { tap.end(.unknown) }
    for connection in connections.values { retap(connection) }
  }

  func end(_ tap: FrameTap) {
    taps.removeAll { $0 === tap }
    for connection in connections.values { retap(connection) }
  }

  /// Sees to it that a connection keeps its frames if, and only if, somebody follows them.
  func retap(_ connection: ServedConnection) {
    connection.isTraced = taps.contains { $0.follows(connection.number) }
    connection.wire.setTraced(connection.isTraced)
  }

  /// Hands on the frames of a connection that somebody follows.
  func handOnTrace(of connection: ServedConnection) {
    let frames = connection.wire.takeTrace()
    if frames.isEmpty { return }
    let now = ContinuousClock.now
    for tap in taps where tap.follows(connection.number) {
      tap.add(frames, of: connection.number, at: now)
    }
  }

  func endTraces(of connection: ServedConnection) {
    guard connection.isTraced else { return }
    handOnTrace(of: connection)
    for tap in taps where tap.connection == connection.number { tap.end(.closed) }
  }

  /// Collects here, and hands on on another thread: making something of a long list takes time.
  func inspect(_ receive: @escaping @Sendable ([ConnectionInfo]) -> Void) {
    let now = ContinuousClock.now
    let list = connections.values.map { $0.info(now: now) }.sorted { $0.number < $1.number }
    queue.add { receive(list) }
  }
}
