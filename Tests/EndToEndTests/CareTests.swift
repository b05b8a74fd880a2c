import Foundation
import TestSupport
import Testing

/// Backup, restore, check and compact through the real programs.
struct CareTests {
  /// A store of a schema that only a later danvan knows takes the place of none.
  private func refusesNewer(than backup: String) throws {
    let newer = backup + ".newer"
    let raise = """
      import gzip, sqlite3, sys
      open(sys.argv[2], "wb").write(gzip.open(sys.argv[1]).read())
      sqlite3.connect(sys.argv[2]).execute("PRAGMA user_version = 99")
      """
    let python = URL(fileURLWithPath: "/usr/bin/env")
    try #require(try Programs.run(python, ["python3", "-c", raise, backup, newer]).status == 0)
    let state = newer + ".state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    let refused = try Programs.dvctl(["restore", newer, "--state", state])
    #expect(refused.status != 0)
    #expect(refused.errors.contains("schema 99"))
    #expect(!FileManager.default.fileExists(atPath: state + "/danvan.db"))
  }

  private let folder: TemporaryDirectory
  private let daemon: RunningDaemon
  private var file: String { folder.path + "/backup.db.gz" }

  init() throws {
    folder = try TemporaryDirectory()
    daemon = try RunningDaemon()
    try daemon.start()
    try #require(try daemon.dvctl("ingest", Repository.samples.path).status == 0)
  }

  private func cursor(_ daemon: RunningDaemon) throws -> String {
    let status = try daemon.dvctl("status", "--format", "json").text
    return String(try #require(status.firstMatch(of: /"store": ?"([^"]+)"/)?.1))
  }

  @Test func aRestoredBackupIsTheStoreItWas() throws {
    try #require(try daemon.dvctl("tag", "+đọc", "hội nghị").status == 0)
    let saved = ["saved", "add", "--socket", daemon.socket.path, "một", "tag:đọc"]
    try #require(try Programs.dvctl(saved).status == 0)
    let done = try daemon.dvctl("backup", file)
    try #require(done.status == 0, "\(done.errors)")
    // It is not lost to a second one by oversight.
    let before = try Data(contentsOf: URL(fileURLWithPath: file))
    let again = try daemon.dvctl("backup", file)
    #expect(again.status == 1 && again.errors.contains("is there already; --force replaces it"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    #expect(!FileManager.default.fileExists(atPath: file + ".part"))
    #expect(try daemon.dvctl("backup", "--force", file).status == 0)
    // Nor over the store itself, which the daemon would go on writing under no name.
    let store = daemon.state.appendingPathComponent("danvan.db").path
    for words in [["backup", "--force", store], ["export", "-o", store]] {
      let refused = try daemon.dvctl(words)
      #expect(refused.status == 2 && refused.errors.contains("belongs to a store"))
    }
    // Any tool of gzip and SQLite can read it.
    #expect(try Programs.run(URL(fileURLWithPath: "/usr/bin/gzip"), ["-t", file]).status == 0)
    try refusesNewer(than: file)

    let other = try RunningDaemon()
    try FileManager.default.createDirectory(at: other.state, withIntermediateDirectories: true)
    let restored = try Programs.dvctl(["restore", file, "--state", other.state.path])
    try #require(restored.status == 0, "\(restored.errors)")
    try other.start()
    for words in [
      ["query", "tag:đọc", "--format", "json"], ["person", "Phạm Hữu Thử", "--format", "json"],
      ["saved", "list"],
    ] {
      let verb = words[0] == "saved" ? 2 : 1
      func answer(_ daemon: RunningDaemon) throws -> String {
        let result = try Programs.dvctl(
          words.prefix(verb) + ["--socket", daemon.socket.path] + words.dropFirst(verb))
        try #require(result.status == 0 && !result.text.isEmpty, "\(words): \(result.errors)")
        return result.text
      }
      let (before, after) = (try answer(daemon), try answer(other))
      #expect(
        before.replacing(/"cursor": ?"[^"]*"/, with: "")
          == after.replacing(/"cursor": ?"[^"]*"/, with: ""))
    }
    #expect(try cursor(daemon) != cursor(other), "its history goes on in another way")
  }

  @Test func restoreReplacesNothingUnasked() throws {
    try #require(try daemon.dvctl("backup", file).status == 0)
    let state = daemon.state.path
    let busy = try Programs.dvctl(["restore", file, "--state", state, "--replace"])
    #expect(busy.status == 1)
    #expect(busy.errors.contains("stop it first"))
    try daemon.stop(signal: SIGTERM)
    let there = try Programs.dvctl(["restore", file, "--state", state])
    #expect(there.status == 1)
    #expect(there.errors.contains("--replace"))
    try #require(try Programs.dvctl(["restore", file, "--state", state, "--replace"]).status == 0)
    #expect(FileManager.default.fileExists(atPath: state + "/danvan.db.replaced"))
    // A second time would take the place of the store that was there first.
    let again = try Programs.dvctl(["restore", file, "--state", state, "--replace"])
    #expect(again.status == 1)
    #expect(again.errors.contains("danvan.db.replaced"))
    #expect(
      try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    try daemon.start()
    #expect(try daemon.dvctl("query", "hội nghị", "--count").status == 0)
  }

  @Test(arguments: ["cut", "flipped", "text", "empty", "other"])
  func whatIsNoBackupChangesNothing(kind: String) throws {
    try #require(try daemon.dvctl("backup", file).status == 0)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    switch kind {
    case "cut": bytes = bytes.prefix(bytes.count / 2)
    case "flipped": bytes[bytes.count / 2] ^= 0x40
    case "text": bytes = Data("không phải".utf8)
    case "other":
      let path = folder.path + "/other.db"
      let made = try Programs.run(
        URL(fileURLWithPath: "/usr/bin/env"),
        [
          "python3", "-c",
          "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('create table a (b)'); c.commit()",
          path,
        ])
      try #require(made.status == 0)
      bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    default: bytes = Data()
    }
    try bytes.write(to: URL(fileURLWithPath: file))
    let state = folder.path + "/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    let result = try Programs.dvctl(["restore", file, "--state", state])
    #expect(result.status == 1)
    #expect(!result.errors.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: state) == ["lock"])
  }

  @Test func checkAndCompactSayHowItIs() throws {
    let check = try daemon.dvctl("check")
    #expect(check.status == 0)
    #expect(check.text.contains("all is well"))
    try #require(try daemon.dvctl("rm", "1").status == 0)
    let compact = try daemon.dvctl("compact", "--format", "json")
    #expect(compact.status == 0)
    #expect(compact.text.contains("\"forgotten\""))
    #expect(
      try daemon.dvctl("check", "--repair-index", "--format", "json").text.contains(
        "\"faults\": []"))
  }
}
