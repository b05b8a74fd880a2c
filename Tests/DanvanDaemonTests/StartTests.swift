import DanvanClient
import DanvanMessages
import Foundation
import TestSupport
import Testing

@testable import DanvanDaemon

/// Starts that fail do so with their own exit status, and before anything is changed.
@Suite struct StartTests {
  @Test func usage() {
    #expect(Daemon.run(["--bogus"], environment: [:]) == 2)
    #expect(Daemon.run(["--version"], environment: [:]) == 0)
  }

  @Test func configuration() throws {
    let folder = ServedStore.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/danvand.toml"
    try Data("[log]\nlevel = \"loud\"\n".utf8).write(to: URL(fileURLWithPath: file))
    let rules = Repository.rules.path
    #expect(run(["--config", file, "--rules", rules, "--check-config"]) == 78)
    #expect(run(["--config", folder + "/none", "--rules", rules, "--check-config"]) == 78)
    #expect(run(["--rules", folder, "--check-config"]) == 78)
    try Data("[log]\nlevel = \"error\"\n".utf8).write(to: URL(fileURLWithPath: file))
    #expect(run(["--config", file, "--rules", rules, "--check-config"]) == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["danvand.toml"])
  }

  /// Where a start would end, the look at the configuration does.
  @Test func placesThatCannotBeUsed() throws {
    let folder = ServedStore.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/danvand.toml"
    func check(_ configuration: String) throws -> Int32 {
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: file))
      return run(["--config", file, "--rules", Repository.rules.path, "--check-config"])
    }
    #expect(try check("[socket]\npath = \"/a/x\"\nadmin_path = \"/a/y\"\n") == 0)
    #expect(try check("[socket]\npath = \"/a/x\"\nadmin_path = \"/a/x\"\n") == 78)
    let long = "/" + String(repeating: "x", count: 107)
    #expect(try check("[socket]\npath = \"\(long.dropLast())\"\n") == 0)
    #expect(try check("[socket]\npath = \"\(long)\"\n") == 78)
    #expect(try check("[socket]\nadmin_path = \"\(long)\"\n") == 78)
    #expect(try check("[paths]\nstate = \"\(file)\"\n") == 78)
    #expect(try check("[paths]\nstate = \"\(folder)/none\"\n") == 0)
  }

  @Test func aStateInUse() throws {
    let served = try ServedStore()
    let status = run(
      [
        "--state", served.folder + "/state", "--socket", served.folder + "/second.sock", "--rules",
        Repository.rules.path,
      ])
    #expect(status == 75)
    #expect(!FileManager.default.fileExists(atPath: served.folder + "/second.sock"))
    #expect(try served.connect().isServing())
  }

  /// The first bytes of the store, the schema that it says it has, and how the daemon ends.
  @Test(arguments: [
    (Data("SQLite format 3".utf8), 999, 65), (Data(repeating: 0x41, count: 16), 10, 74),
  ])
  func aStoreThatCannotBeOpened(head: Data, schema: UInt32, status: Int32) throws {
    let folder = ServedStore.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = try ServedStore(folder: folder)
    made.stop()
    let file = folder + "/state/danvan.db"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes.replaceSubrange(0..<head.count, with: head)
    bytes.replaceSubrange(60..<64, with: withUnsafeBytes(of: schema.bigEndian) { Data($0) })
    try bytes.write(to: URL(fileURLWithPath: file))
    let words = [
      "--state", folder + "/state", "--socket", folder + "/x.sock", "--rules",
      Repository.rules.path,
    ]
    #expect(run(words) == status)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
    #expect(!FileManager.default.fileExists(atPath: folder + "/x.sock"))
    withExtendedLifetime(made) {}
  }

  @Test func theProgramGoesOnWithoutWhatTheStartNeeded() throws {
    let served = try ServedStore()
    StartMemory.giveBack()
    #expect(try served.connect().ingest([document("sau khi dọn")])[0].outcome == .added)
  }

  private func run(_ words: [String]) -> Int32 {
    Daemon.run(words, environment: ["HOME": "/nonexistent"])
  }
}
