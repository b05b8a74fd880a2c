internal import CDanvanPosix
internal import Glibc
internal import Synchronization

/// Connections coming in, and the end of that.
extension ServerLoop {
  private static let acceptPause: Duration = .milliseconds(100)

  func accept(from listener: ListeningSocket) {
    // A few at a time, so that those connected are served in between.
    for _ in 0..<16 {
      let number = danvan_accept(listener.fileDescriptor)
      guard number >= 0 else {
        switch lastError {
        case EINTR, ECONNABORTED: continue
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pauseAccepting(describeError(lastError))
        default: return
        }
      }
      admit(FileDescriptor(number), from: listener)
    }
  }

  private func admit(_ file: FileDescriptor, from listener: ListeningSocket) {
    var credentials = danvan_peer()
    guard danvan_peer(file.number, &credentials) == 0 else { return }
    let peer = Peer(
      pid: credentials.pid, uid: credentials.uid, gid: credentials.gid, socketName: listener.name)
    let connection = ServedConnection(
      number: nextNumber, file: file, peer: peer,
      wire: ServerConnection(
        streamLimit: options.streamsPerConnection, maxInflated: options.maxInflated),
      now: .now)
    nextNumber += 1
    do {
      try epoll.add(file.number, number: connection.number, events: Epoll.readable)
    } catch {
      return log(.init(level: .warning, message: "not accepted: \(error)", connection))
    }
    connections[connection.number] = connection
    if !taps.isEmpty { retap(connection) }
    gauges.connections.add(1, ordering: .relaxed)
    let count = (connectionsOfUser[peer.uid] ?? 0) + 1
    connectionsOfUser[peer.uid] = count
    log(.init(level: .debug, message: "connected", connection))
    if let limit = options.connectionsPerUser, count > limit {
      refuse(connection, "more than \(limit) connections of user \(peer.uid)")
    }
  }

  /// Keeps the connection for its first call, so that the client learns why.
  private func refuse(_ connection: ServedConnection, _ reason: String) {
    connection.isRefused = true
    connection.wire.goAway(RPCStatus(.resourceExhausted, reason))
    timeFrame(of: connection)
    log(.init(level: .warning, message: "refused: \(reason)", connection))
  }

  /// Clients wait in the sockets' backlogs until descriptors are free again.
  private func pauseAccepting(_ reason: String) {
    guard !isAcceptPaused else { return }
    isAcceptPaused = true
    for (number, listener) in listeners {
      epoll.change(listener.fileDescriptor, number: number, events: 0)
    }
    deadlines.add(.now + Self.acceptPause, .accept)
    log(.init(level: .warning, message: "no new connections for a while: \(reason)", nil))
  }

  func resumeAccepting() {
    guard isAcceptPaused else { return }
    isAcceptPaused = false
    for (number, listener) in listeners {
      epoll.change(listener.fileDescriptor, number: number, events: Epoll.readable)
    }
  }

  /// Begins the graceful end.
  func drain() {
    guard !isDraining else { return }
    let deadline = ContinuousClock.now + options.drainLimit
    drainDeadline = deadline
    for listener in listeners.values { listener.close() }
    listeners = [:]
    deadlines.add(deadline, .drain)
    let status = RPCStatus(.unavailable, "the server is shutting down")
    for connection in connections.values {
      connection.wire.goAway(status)
      for (stream, call) in connection.calls where !call.isAwaited {
        end(stream, status, on: connection)
      }
      touched.insert(connection.number)
    }
  }
}
