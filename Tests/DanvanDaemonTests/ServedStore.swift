import DanvanClient
import DanvanExtract
import DanvanMessages
import DanvanRPC
import DanvanService
import Foundation
import Synchronization
import TestSupport

@testable import DanvanDaemon

/// A daemon's services on a scratch store and socket, in this process.
final class ServedStore {
  let folder: String
  let log = Lines()
  private let desk: Desk
  private let server: Server
  private let stopped = DispatchSemaphore(value: 0)
  private var isStopped = false

  var socket: String { folder + "/own.sock" }
  var readSocket: String { folder + "/read.sock" }

  init(
    _ configuration: Configuration = Configuration(), folder: String = ServedStore.scratchFolder()
  ) throws {
    self.folder = folder
    let rules = try Self.rules.get()
    desk = try Desk(
      stateDirectory: folder + "/state", rules: rules, retention: configuration.retention)
    let sockets = [
      try ListeningSocket.bind(path: folder + "/own.sock"),
      try ListeningSocket.bind(path: folder + "/read.sock", name: "read"),
    ]
    let lines = log
    server = try Server(
      serving: desk, configuration, sockets, stateDirectory: folder + "/state",
      started: OwnProcess.monotonicNow, log: Log(level: .debug, stampsTime: false) { lines.add($0) }
    )
    let (server, stopped) = (server, stopped)
    Thread.detachNewThread {
      try? server.run()
      stopped.signal()
    }
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Ends the server as SIGTERM does; once.
  func stop() {
    if isStopped { return }
    isStopped = true
    server.shutdown()
    stopped.wait()
    try? desk.close()
  }

  func connect(to socket: String? = nil) throws -> DaemonConnection {
    try DaemonConnection(
      sockets: [socket ?? self.socket],
      caller: DaemonConnection.Caller(name: "test", version: "0"))
  }

  /// Read once for all tests.
  private static let rules = Result { try RuleSet(directory: Repository.rules.path) }

  /// Short, since a socket path is limited.
  static func scratchFolder() -> String {
    let folder =
      FileManager.default.temporaryDirectory.path + "/dv-\(UInt32.random(in: 0 ..< .max))"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// A short article that says `word`.
func document(_ word: String, published: String? = nil) -> Danvan_V1_Document {
  var document = Danvan_V1_Document()
  document.content = Data(
    """
    Hội nghị về \(word)

    Sáng 12-5, tại xã Mây Ngàn, đồng chí Trần Văn Norvale, Bí thư Đảng ủy xã Mây Ngàn, chủ trì hội \
    nghị về \(word). Đồng chí đề nghị Ủy ban Mặt trận Tổ quốc xã tiếp tục tuyên truyền về \(word).

    """.utf8)
  document.mediaType = "text/plain"
  if let published { document.published = published }
  return document
}
