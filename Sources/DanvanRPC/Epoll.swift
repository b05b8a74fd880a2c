internal import CDanvanPosix
internal import Glibc

/// Which descriptors are ready; each is known by a number of the caller's.
final class Epoll {
  struct Ready {
    let number: UInt64
    let events: UInt32

    var isReadable: Bool { events & Epoll.readable != 0 }
    var isWritable: Bool { events & Epoll.writable != 0 }
    /// The peer is gone in both directions.
    var isHungUp: Bool { events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 }
  }

  static let readable = EPOLLIN.rawValue
  static let writable = EPOLLOUT.rawValue

  private let descriptor: FileDescriptor
  private var events = [epoll_event](repeating: epoll_event(), count: 256)

  /// Throws `ListeningError.system`.
  init() throws(ListeningError) {
    let number = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard number >= 0 else { throw .system("cannot make an epoll instance", lastError) }
    descriptor = FileDescriptor(number)
  }

  func add(_ file: Int32, number: UInt64, events: UInt32) throws(ListeningError) {
    try control(EPOLL_CTL_ADD, file, number, events)
  }

  /// Changes what is waited for; a failure means that the descriptor is gone, which shows elsewhere.
  func change(_ file: Int32, number: UInt64, events: UInt32) {
    try? control(EPOLL_CTL_MOD, file, number, events)
  }

  func remove(_ file: Int32) { try? control(EPOLL_CTL_DEL, file, 0, 0) }

  private func control(
    _ operation: Int32, _ file: Int32, _ number: UInt64, _ events: UInt32
  ) throws(ListeningError) {
    var event = epoll_event(events: events, data: epoll_data_t(u64: number))
    guard epoll_ctl(descriptor.number, operation, file, &event) == 0 else {
      throw .system("cannot change an epoll instance", lastError)
    }
  }

  /// Waits at most `milliseconds` (-1: for ever) and returns what is ready.
  func wait(milliseconds: Int32) -> [Ready] {
    let count = epoll_wait(descriptor.number, &events, Int32(events.count), milliseconds)
    guard count > 0 else { return [] }
    return events[..<Int(count)].map { Ready(number: $0.data.u64, events: $0.events) }
  }
}
