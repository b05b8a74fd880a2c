internal import CDanvanPosix
internal import Glibc
internal import Synchronization

/// What other threads have for the I/O thread.
enum LoopMessage: Sendable {
  case unsealed(connection: UInt64, stream: UInt32, OpenedRequest)
  case answer(connection: UInt64, stream: UInt32, FrameBody)
  case opened(connection: UInt64, stream: UInt32, PulledSource)
  case stepped(connection: UInt64, stream: UInt32, PulledStep)
  case woken(connection: UInt64, stream: UInt32)
  case pulse(@Sendable () -> Void)
  case inspect(@Sendable ([ConnectionInfo]) -> Void)
  case trace(FrameTap)
  case endTrace(FrameTap)
  case shutdown
}

/// The I/O thread's letter box, with a descriptor that becomes readable when there is something.
final class Inbox: Sendable {
  let descriptor: FileDescriptor
  private let letters = Mutex(Letters())

  private struct Letters {
    var messages: [LoopMessage] = []
    /// Whether the descriptor has been made readable for what is in the box.
    var isAnnounced = false
  }

  /// Throws `ListeningError.system`.
  init() throws(ListeningError) {
    let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard number >= 0 else { throw .system("cannot make an event counter", lastError) }
    descriptor = FileDescriptor(number)
  }

  /// Where the descriptor cannot be written to, the next message announces both.
  func post(_ message: LoopMessage) {
    letters.withLock { letters in
      letters.messages.append(message)
      if !letters.isAnnounced { letters.isAnnounced = announce() }
    }
  }

  func take() -> [LoopMessage] {
    var count: eventfd_t = 0
    eventfd_read(descriptor.number, &count)
    return letters.withLock { letters in
      defer { letters = Letters() }
      return letters.messages
    }
  }

  private func announce() -> Bool {
    while eventfd_write(descriptor.number, 1) != 0 {
      // A counter that is full is readable.
      if errno != EINTR { return errno == EAGAIN }
    }
    return true
  }
}
