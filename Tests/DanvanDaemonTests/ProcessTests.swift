import DanvanClient
import DanvanMessages
import Foundation
import TestSupport
import Testing

@testable import DanvanDaemon

/// The real danvand: what it leaves behind when it ends, and what it finds when it starts again.
@Suite struct ProcessTests {
  @Test(arguments: [SIGTERM, SIGINT, SIGKILL])
  func acknowledgedArticlesOutliveTheProcess(signal: Int32) throws {
    let folder = ServedStore.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try DaemonProcess(in: folder)
    let daemon = try first.connect()
    let store = try #require(daemon.hello?.store)
    let results = try daemon.ingest((1...20).map { document("bài \($0)") })
    let ended = first.end(signal)
    #expect(ended == (signal == SIGKILL ? SIGKILL : 0))
    #expect(FileManager.default.fileExists(atPath: folder + "/d.sock") == (signal == SIGKILL))

    let second = try DaemonProcess(in: folder)
    let again = try second.connect()
    #expect(again.hello?.store == store)
    #expect(try again.status().articles == 20)
    for result in results {
      _ = try again.article(result.articleID, withText: true, withFacts: true)
    }
    var request = Danvan_V1_WatchRequest()
    request.from = results[17].cursor
    let watch = try second.connect().watch(request)
    let late = try again.ingest([document("bài 21")])[0].articleID
    var seen: [Int64] = []
    while seen.count < 3 {
      guard case .event(let event) = try watch.next(timeout: .seconds(20)) else { break }
      if event.kind == .added { seen.append(event.articleID) }
    }
    #expect(seen == [results[18].articleID, results[19].articleID, late])
    #expect(second.end(SIGTERM) == 0)
  }

  private static let isSanitized = ProcessInfo.processInfo.environment["DANVAN_SANITIZED"] != nil

  /// The words lie as text and in flat tables: a String or an array for each would double it.
  @Test(.disabled(if: isSanitized, "a sanitizer takes memory of its own"))
  func theRulesTakeLittleMemory() throws {
    let done = try Programs.run(
      Programs.path(of: "danvand"),
      ["--check-config", "--state", "/nonexistent", "--rules", Repository.rules.path])
    let figure = try #require(done.errors.firstMatch(of: /(\d+) KiB of memory/)?.1)
    #expect((1_024...6_144).contains(try #require(Int(figure))))
  }

  /// The faults of the configuration, the overlay's lists and its rules, and that all is well.
  @Test func theCheckSpeaksTheLanguageOfItsCaller() throws {
    let folder = ServedStore.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/danvand.toml"
    let overlay = folder + "/vi.d"
    for part in ["lexicon", "rules"] {
      try FileManager.default.createDirectory(
        atPath: "\(overlay)/\(part)", withIntermediateDirectories: true)
    }
    func write(_ text: String, to path: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    func check(_ language: String, _ status: Int32) throws -> String {
      let done = try Programs.run(
        Programs.path(of: "danvand"),
        ["--check-config", "--config", file, "--rules", Repository.rules.path],
        environment: ["LANG": language])
      #expect(done.status == status)
      return done.errors
    }
    try write("[log]\nlevl = \"error\"\n", to: file)
    #expect(
      try check("vi_VN.UTF-8", 78)
        == "danvand: \(file):2: không có khóa 'log.levl'; có phải ý bạn là 'log.level'?\n")
    #expect(
      try check("C.UTF-8", 78)
        == "danvand: \(file):2: unknown key 'log.levl'; did you mean 'log.level'?\n")
    try write("", to: file)
    try write(
      "[{ off: \"time.none\" },\n { id: \"time.mine\", confidence: 0.5 }]",
      to: overlay + "/rules/times.json5")
    #expect(
      try check("vi_VN", 78)
        == "danvand: \(overlay)/rules/times.json5:2: quy tắc 'time.mine' không có ví dụ\n")
    try write("[{ off: \"time.none\" }]", to: overlay + "/rules/times.json5")
    let good = try check("vi_VN", 0).split(separator: "\n")
    let note = "không có gì để tắt: không có quy tắc 'time.none'"
    #expect(good.first == "danvand: \(overlay)/rules/times.json5:1: \(note)")
    #expect(good.last?.hasPrefix("danvand: cấu hình hợp lệ: tệp \(file); quy tắc ") == true)
    try write("# source: mine\n\n", to: overlay + "/lexicon/titles.tsv")
    #expect(
      try check("vi", 78) == "danvand: \(overlay)/lexicon/titles.tsv:2: dòng trống\n")
  }

  @Test func socketsOfTheServiceManagerGiveTheirOwnRights() throws {
    let folder = ServedStore.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // As systemd does: descriptors from 3 on, in no order that means anything, told apart by name.
    let script = """
      import os,socket,sys
      s=[socket.socket(socket.AF_UNIX) for _ in range(2)]
      for x,n in zip(s,['admin','read']): x.bind(sys.argv[1]+'/'+n); x.listen(9)
      high=[os.dup2(x.fileno(),20+i) for i,x in enumerate(s)]
      for i,h in enumerate(high): os.dup2(h,3+i)
      os.environ.update(LISTEN_PID=str(os.getpid()),LISTEN_FDS='2',LISTEN_FDNAMES='admin:read')
      os.execv(sys.argv[2],sys.argv[2:])
      """
    let process = try DaemonProcess(
      in: folder, through: ["/usr/bin/env", "python3", "-c", script, folder])
    let reader = try process.connect(to: folder + "/read")
    let writer = try process.connect(to: folder + "/admin")
    #expect(try writer.ingest([document("x")])[0].outcome == .added)
    let error = #expect(throws: DaemonError.self) { try reader.ingest([document("y")]) }
    #expect(error?.code == 7)
    #expect(try reader.article(1, withText: false, withFacts: false).id == 1)
    #expect(!FileManager.default.fileExists(atPath: folder + "/d.sock"))
    #expect(process.end(SIGTERM) == 0)
    #expect(FileManager.default.fileExists(atPath: folder + "/read"), "systemd keeps its socket")
  }
}

/// One danvand on a folder.
private final class DaemonProcess {
  private let process = Process()
  private let folder: String

  /// `launcher` gets danvand's command line appended.
  init(in folder: String, through launcher: [String] = []) throws {
    self.folder = folder
    let command =
      launcher + [
        try Programs.path(of: "danvand").path, "--state", folder + "/state", "--socket",
        folder + "/d.sock", "--rules", Repository.rules.path,
      ]
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  /// Connects as soon as the socket takes connections.
  func connect(to socket: String? = nil) throws -> DaemonConnection {
    let path = socket ?? folder + "/d.sock"
    for _ in 0..<3_000 where process.isRunning {
      if let daemon = try attempt(path) { return daemon }
      Thread.sleep(forTimeInterval: 0.02)
    }
    throw DaemonError.lost("danvand did not start")
  }

  /// Nil while nobody listens.
  private func attempt(_ path: String) throws -> DaemonConnection? {
    do {
      return try DaemonConnection(
        sockets: [path], caller: DaemonConnection.Caller(name: "test", version: "0"),
        timeout: .seconds(60))
    } catch {
      if case .unreachable = error { return nil }
      throw error
    }
  }

  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }
}
