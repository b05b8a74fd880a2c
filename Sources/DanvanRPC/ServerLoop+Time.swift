/// Deadlines of calls, of frames and of the end.
extension ServerLoop {
  /// How long epoll may wait, in milliseconds, rounded up.
  func patience() -> Int32 {
    guard let first = deadlines.first else { return -1 }
    let left = (first - .now) / .milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), 60_000))
  }

  func handleDeadlines() {
    guard let first = deadlines.first else { return }
    let now = ContinuousClock.now
    guard first <= now else { return }
    while let subject = deadlines.take(until: now) {
      switch subject {
      case .call(let number, let stream): expire(number, stream, now)
      case .frame(let number): lookAtFrame(number, now)
      case .accept: resumeAccepting()
      case .drain: for connection in connections.values { drop(connection, because: "shut down") }
      }
    }
  }

  func time(_ call: ServedCall, _ stream: UInt32, on connection: ServedConnection) {
    guard let deadline = call.deadline else { return }
    timedCalls += 1
    schedule(deadline, .call(connection: connection.number, stream: stream))
  }

  /// Most calls and frames end long before their time. What they leave behind is swept when it outweighs what
  /// there is, so that it costs each of them the same however many came before.
  private func schedule(_ time: ContinuousClock.Instant, _ subject: DeadlineQueue.Subject) {
    if deadlines.count > 1_024, deadlines.count > 4 * (timedCalls + connections.count) {
      deadlines.keep { subject in
        switch subject {
        case .call(let number, let stream): connections[number]?.calls[stream] != nil
        case .frame(let number): connections[number]?.hasTimer ?? false
        case .accept, .drain: true
        }
      }
    }
    deadlines.add(time, subject)
  }

  private func expire(_ number: UInt64, _ stream: UInt32, _ now: ContinuousClock.Instant) {
    guard let connection = connections[number], let call = connection.calls[stream],
      let deadline = call.deadline, deadline <= now
    else { return }
    touched.insert(number)
    end(stream, Self.late, on: connection)
  }

  /// Starts or stops the clock of a frame that has begun and not ended.
  func timeFrame(of connection: ServedConnection) {
    guard connection.wire.isMidFrame || connection.isClosing || connection.isRefused else {
      connection.waitingSince = nil
      return
    }
    // Where frames follow one another without a pause, each has its own time.
    let frame = connection.wire.frameCount
    guard connection.waitingSince == nil || connection.waitingFrame != frame else { return }
    let now = ContinuousClock.now
    connection.waitingSince = now
    connection.waitingFrame = frame
    guard !connection.hasTimer else { return }
    connection.hasTimer = true
    schedule(now + options.frameDeadline, .frame(connection: connection.number))
  }

  private func lookAtFrame(_ number: UInt64, _ now: ContinuousClock.Instant) {
    guard let connection = connections[number] else { return }
    connection.hasTimer = false
    guard var since = connection.waitingSince else { return }
    // What is not read because there is so much to do cannot come to its end.
    if !connection.isClosing, !connection.isRefused, isFull(connection) {
      since = now
      connection.waitingSince = now
    }
    let deadline = since + options.frameDeadline
    if deadline <= now { return drop(connection, because: "a frame was not finished in time") }
    connection.hasTimer = true
    schedule(deadline, .frame(connection: number))
  }
}
