import DanvanExtract
import DanvanModel
import DanvanService
import Foundation
import Glibc
import TestSupport
import Testing

@testable import DanvanDaemon

@Suite struct ServiceManagerTests {
  @Test(arguments: ["/tmp/dv-notify-\(getpid()).sock", "@dv-notify-\(getpid())"])
  func saysWhatSystemdExpects(path: String) throws {
    let receiver = try NotifySocket(path)
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": path])
    manager.ready(status: "12 articles")
    #expect(receiver.next() == "READY=1\nSTATUS=12 articles")
    manager.stopping()
    #expect(receiver.next() == "STOPPING=1\nSTATUS=Stopping")
  }

  /// The line of `systemctl status`: sent again where something is new, and only then.
  @Test func theStatusLineFollowsTheDaemon() throws {
    let path = "/tmp/dv-status-\(getpid()).sock"
    let receiver = try NotifySocket(path)
    let folder = try TemporaryDirectory()
    let rules = try RuleSet(directory: Repository.rules.path)
    let desk = try Desk(stateDirectory: folder.path, rules: rules)
    let reloads = ReloadReport()
    let notice = try StatusNotice(
      ServiceManager(environment: ["NOTIFY_SOCKET": path]), desk: desk, reloads: reloads)
    notice.refresh()
    #expect(receiver.next() == nil, "it is not ready yet")
    notice.ready()
    #expect(receiver.next() == "READY=1\nSTATUS=0 articles")
    notice.refresh()
    #expect(receiver.next() == nil)
    _ = try desk.ingest([Submission(content: Array("Một bài".utf8), mediaType: .plainText)])
    notice.refresh()
    #expect(receiver.next() == "STATUS=1 articles")
    reloads.failure = "a.toml:2: unknown\nREADY=1"
    notice.refresh()
    #expect(receiver.next() == "STATUS=1 articles; not reloaded: a.toml:2: unknown READY=1")
    reloads.failure = nil
    notice.refresh()
    #expect(receiver.next() == "STATUS=1 articles")
    reloads.failure = "late"
    notice.end()
    notice.refresh()
    #expect(receiver.next() == nil, "it says nothing behind STOPPING")
    try desk.close()
  }

  @Test(arguments: [
    [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"],
    ["NOTIFY_SOCKET": "/nowhere/" + String(repeating: "x", count: 200)],
  ])
  func passesOverWhatIsNotThere(environment: [String: String]) {
    ServiceManager(environment: environment).ready(status: "")
  }
}

/// A datagram socket as systemd has it.
private final class NotifySocket {
  private let descriptor: Int32
  private let path: String

  init(_ path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    if name[0] == UInt8(ascii: "@") { name[0] = 0 } else { unlink(path) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(2 + name.count)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    try #require(bound == 0)
  }

  deinit {
    close(descriptor)
    if path.hasPrefix("/") { unlink(path) }
  }

  func next() -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    return count < 0 ? nil : String(validating: bytes.prefix(count), as: UTF8.self)
  }
}
