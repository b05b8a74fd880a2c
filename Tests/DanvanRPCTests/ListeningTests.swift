import DanvanRPC
import Foundation
import Glibc
import Synchronization
import Testing

@Suite struct ListeningTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "listen-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func theSocketIsForItsOwnerAlone() throws {
    let socket = try ListeningSocket.bind(path: folder + "/s")
    var status = stat()
    #expect(lstat(folder + "/s", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    socket.close()
    #expect(lstat(folder + "/s", &status) == -1)
  }

  /// The umask is the whole process's: a file made meanwhile must not lose its bits by it.
  @Test func bindingLeavesTheUmaskAlone() throws {
    let source = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let before = try #require(source.split(separator: "\n").first { $0.hasPrefix("Umask:") })
    let folder = folder
    let isBound = Mutex(true)
    let changed = Mutex(0)
    let watching = Thread {
      while isBound.withLock({ $0 }) {
        let now = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        if !now.contains(before + "\n") { changed.withLock { $0 += 1 } }
      }
    }
    watching.start()
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      let socket = try? ListeningSocket.bind(path: "\(folder)/\(number)")
      #expect(socket != nil)
      socket?.close()
    }
    isBound.withLock { $0 = false }
    #expect(changed.withLock { $0 } == 0)
  }

  @Test func theSocketOfADeadServerIsReplaced() throws {
    let path = folder + "/s"
    let dead = try ListeningSocket.bind(path: path)
    close(dead.fileDescriptor)
    let next = try ListeningSocket.bind(path: path)
    next.close()
  }

  @Test func aLiveServersSocketIsLeftAlone() throws {
    let path = folder + "/s"
    let live = try ListeningSocket.bind(path: path)
    #expect(throws: ListeningError.inUse(path)) { try ListeningSocket.bind(path: path) }
    #expect(throws: Never.self) { try Client(socketPath: path) }
    live.close()
  }

  @Test func thoseWhoWaitCanBeTurnedAway() throws {
    let socket = try ListeningSocket.bind(path: folder + "/s")
    let waiting = try (0..<3).map { _ in try RawConnection(folder + "/s") }
    socket.turnAwayWaiting()
    for connection in waiting { #expect(connection.frame() == nil) }
    var poll = pollfd(fd: socket.fileDescriptor, events: Int16(POLLIN), revents: 0)
    #expect(Glibc.poll(&poll, 1, 0) == 0, "nobody waits any more")
    let next = try RawConnection(folder + "/s")
    #expect(Glibc.poll(&poll, 1, 1_000) == 1, "others may still come")
    withExtendedLifetime(next) { socket.close() }
  }

  @Test func anothersSocketIsNotRemovedAtTheEnd() throws {
    let path = folder + "/s"
    let first = try ListeningSocket.bind(path: path)
    unlink(path)
    let second = try ListeningSocket.bind(path: path)
    first.close()
    #expect(throws: Never.self) { try Client(socketPath: path) }
    second.close()
  }

  @Test func whatIsNotASocketIsLeftAlone() throws {
    let path = folder + "/f"
    try Data("keep".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: ListeningError.occupied(path, by: "a regular file")) {
      try ListeningSocket.bind(path: path)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("keep".utf8))
    let link = folder + "/l"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/x")
    #expect(throws: ListeningError.occupied(link, by: "a symbolic link")) {
      try ListeningSocket.bind(path: link)
    }
    #expect(throws: ListeningError.occupied(folder, by: "a directory")) {
      try ListeningSocket.bind(path: folder)
    }
  }

  @Test func aPathThatIsTooLongIsSaidSo() throws {
    let path = "/" + String(repeating: "x", count: 107)
    #expect(throws: ListeningError.pathTooLong(path, bytes: 108)) {
      try ListeningSocket.bind(path: path)
    }
    let error = #expect(throws: ClientError.self) { try Client(socketPath: path) }
    #expect(error?.description.contains("108 bytes") == true)
  }

  @Test func nobodyThereIsSaidSo() throws {
    let path = folder + "/none"
    let error = #expect(throws: ClientError.self) { try Client(socketPath: path) }
    #expect(
      error == .cannotConnect(path: path, number: ENOENT, reason: "No such file or directory"))
  }

  @Test func withoutActivationNothingIsInherited() throws {
    #expect(try ListeningSocket.inherited().isEmpty)
  }
}
