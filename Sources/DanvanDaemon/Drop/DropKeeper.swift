internal import DanvanModel
internal import DanvanService
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Watches drop folders on a thread of its own, from the start until it is stopped.
final class DropKeeper: Sendable {
  private struct State {
    var isStopping = false
    var isRunning = false
  }
  private let state = Mutex(State())
  private let bell: Bell
  private let ended = DispatchSemaphore(value: 0)
  private let folders: [String]
  private let desk: Desk
  private let reports: DropReports
  private let log: Log

  /// Throws `resourceExhausted`.
  init(_ folders: [String], desk: Desk, reports: DropReports, log: Log) throws {
    bell = try Bell()
    self.folders = folders
    self.desk = desk
    self.reports = reports
    self.log = log
  }

  /// Throws `resourceExhausted` when the system gives no thread or no watch.
  func start() throws {
    guard !folders.isEmpty else { return }
    let events = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard events >= 0 else {
      throw DanvanError(
        .resourceExhausted, "cannot watch folders", cause: String(cString: strerror(errno)))
    }
    // Sent when somebody opens a file for writing in the moment in which it is asked whether anybody has.
    signal(SIGIO, SIG_IGN)
    state.withLock { $0.isRunning = true }
    try BackgroundThread.start { [self] in
      run(events)
      close(events)
      ended.signal()
    }
  }

  /// Waits until the thread has left off: after the batch in hand.
  func stop() {
    let isRunning = state.withLock { state in
      state.isStopping = true
      return state.isRunning
    }
    bell.ring()
    if isRunning { ended.wait() }
  }

  private var isStopping: Bool { state.withLock { $0.isStopping } }

  private func run(_ events: Int32) {
    let intake = DropIntake(desk: desk) { [self] in isStopping }
    let kept = folders.map { DropFolder($0, intake: intake, reports: reports, log: log) }
    var watches: [Int32: DropFolder] = [:]
    while !isStopping {
      for folder in kept {
        if folder.openIfNeeded() { watch(folder, events, &watches) }
        do {
          try folder.tend()
        } catch {
          return
        }
      }
      bell.wait(atMost: kept.map(\.rest).min(), orFor: events)
      hear(events, kept, &watches)
    }
  }

  private func watch(_ folder: DropFolder, _ events: Int32, _ watches: inout [Int32: DropFolder]) {
    let wanted = [IN_CLOSE_WRITE, IN_MOVED_TO, IN_DELETE_SELF, IN_MOVE_SELF, IN_ONLYDIR]
    let watch = inotify_add_watch(
      events, folder.path, wanted.reduce(0) { $0 | UInt32(truncatingIfNeeded: $1) })
    if watch >= 0 {
      watches[watch] = folder
    } else {
      // Looked at now and then all the same.
      log.error(
        "cannot watch a folder",
        ["folder": folder.path, "error": String(cString: strerror(errno))])
      folder.lose()
    }
  }

  /// Tells the folders what happened in them.
  private func hear(_ events: Int32, _ kept: [DropFolder], _ watches: inout [Int32: DropFolder]) {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = read(events, &buffer, buffer.count)
      guard count > 0 else { return }
      var place = 0
      while place + 16 <= count {
        let (watch, mask, length) = buffer.withUnsafeBytes {
          (
            $0.loadUnaligned(fromByteOffset: place, as: Int32.self),
            Int($0.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)),
            Int($0.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
          )
        }
        let name = buffer[(place + 16)..<min(count, place + 16 + length)].prefix { $0 != 0 }
        place += 16 + length
        if mask & Int(IN_Q_OVERFLOW) != 0 {
          for folder in kept { folder.note(closed: nil) }
        } else if mask & (Int(IN_DELETE_SELF) | Int(IN_MOVE_SELF) | Int(IN_UNMOUNT)) != 0 {
          watches[watch]?.lose()
        } else if mask & Int(IN_IGNORED) != 0 {
          watches[watch] = nil
        } else {
          watches[watch]?.note(closed: DropName(Array(name)))
        }
      }
    }
  }
}
