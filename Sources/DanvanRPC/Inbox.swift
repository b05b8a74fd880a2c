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
  private let messages = Mutex<[LoopMessage]>([])

  /// Throws `ListeningError.system`.
  init() throws(ListeningError) {
    let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard number >= 0 else { throw .system("eventfd", lastError) }
    descriptor = FileDescriptor(number)
  }

  func post(_ message: LoopMessage) {
    let isFirst = messages.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    if isFirst { eventfd_write(descriptor.number, 1) }
  }

  func take() -> [LoopMessage] {
    var count: eventfd_t = 0
    eventfd_read(descriptor.number, &count)
    return messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
