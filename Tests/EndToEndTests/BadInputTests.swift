import Foundation
import TestSupport
import Testing

/// Bad input: a clear sentence, the exit code of dvctl(1), and a daemon that goes on.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let says: String
    var testDescription: String { name }
  }

  static let files = [
    Case(name: "latin1.txt", bytes: Array("Hội nghị".utf8) + [0xE9, 0x20], says: "UTF-8"),
    Case(name: "empty.txt", bytes: [], says: "empty"),
    Case(name: "blank.txt", bytes: Array(" \n\u{00A0}\n".utf8), says: "no text"),
    Case(name: "nul.txt", bytes: Array("Hội\0nghị".utf8), says: "NUL"),
    Case(name: "large.txt", bytes: Array(repeating: 0x61, count: 5_000_000), says: "limit"),
    Case(name: "picture.png", bytes: [0x89, 0x50, 0x4E, 0x47], says: "kind"),
    Case(name: "broken.jsonl", bytes: Array("{\"text\": \"a\"\n".utf8), says: "JSON"),
    Case(
      name: "cut.txt.gz", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C], says: "trunc"),
  ]

  @Test(arguments: files)
  func aBadFileIsRejectedAndTheRestGoesIn(bad: Case) throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let file = daemon.folder.appendingPathComponent(bad.name)
    try Data(bad.bytes).write(to: file)
    let good = Repository.samples.appendingPathComponent("03-ky-hop-hdnd.txt")
    let result = try daemon.dvctl("ingest", file.path, good.path)
    #expect(result.status == 8, "\(result.errors)")
    #expect(result.errors.contains(bad.name), "\(result.errors)")
    #expect(result.errors.localizedCaseInsensitiveContains(bad.says), "\(result.errors)")
    #expect(result.errors.contains("added 1"), "\(result.errors)")
    #expect(result.errors.contains("rejected 1"), "\(result.errors)")
  }

  @Test func aPathThatIsNotThereIsRejected() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let result = try daemon.dvctl("ingest", "/nowhere/at-all.txt")
    #expect(result.status == 8)
    #expect(result.errors.contains("/nowhere/at-all.txt"))
  }

  @Test func anExportThatIsNotThereIsNamed() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let result = try daemon.dvctl("import", "/nowhere/at-all.jsonl")
    #expect(result.status == 1)
    #expect(result.errors.contains("/nowhere/at-all.jsonl: cannot be read"), "\(result.errors)")
  }

  /// Root may read everything: as root both programs run as another user here.
  @Test func aFolderWithoutPermissionIsRejected() throws {
    let daemon = try RunningDaemon()
    let bin = try Programs.path(of: "dvctl").deletingLastPathComponent().path
    let script = """
      mkdir "$1/closed" && chmod 000 "$1/closed" && echo 'Hội nghị khai mạc sáng nay.' >"$1/open.txt"
      "$2/danvand" --state "$1/state" --socket "$1/s" --rules "$3" 2>/dev/null & daemon=$!
      until "$2/dvctl" ping --socket "$1/s" >/dev/null 2>&1; do
        kill -0 $daemon || exit 99
        sleep 0.05
      done
      "$2/dvctl" ingest --socket "$1/s" "$1/closed" "$1/open.txt"; status=$?
      kill $daemon; wait $daemon
      chmod 700 "$1/closed"; exit $status
      """
    let asUser =
      getuid() == 0
      ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : []
    if getuid() == 0 { chown(daemon.folder.path, 65534, 65534) }
    let env = URL(fileURLWithPath: "/usr/bin/env")
    guard try Programs.run(env, asUser + ["test", "-x", bin + "/danvand"]).status == 0 else {
      print("skipped: another user cannot reach \(bin)")
      return
    }
    let result = try Programs.run(
      env, asUser + ["sh", "-c", script, "sh", daemon.folder.path, bin, Repository.rules.path])
    #expect(result.status == 8, "\(result.errors)")
    #expect(result.errors.contains("closed: cannot be read: Permission denied"), "\(result.errors)")
    #expect(result.errors.contains("added 1"), "\(result.errors)")
  }

  @Test func noDaemonIsExitFour() throws {
    let result = try Programs.dvctl(["ping", "--socket", "/nowhere/danvand.sock"])
    #expect(result.status == 4)
    #expect(result.errors.contains("/nowhere/danvand.sock"), "\(result.errors)")
  }

  @Test func aSocketPathThatIsNoSocketIsExitFour() throws {
    let daemon = try RunningDaemon()
    let file = daemon.folder.appendingPathComponent("file")
    try Data("x".utf8).write(to: file)
    #expect(try Programs.dvctl(["ping", "--socket", file.path]).status == 4)
  }

  @Test(arguments: [
    ("(dân", "bracket"), ("\"dân", "quotation"), ("nobody:x", "nobody"),
    ("after:hôm-nào", "hôm-nào"),
    ("during:2021-Q5", "2021-Q5"),
  ])
  func aMalformedQuerySaysWhere(query: String, names: String) throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let result = try daemon.dvctl("query", query)
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.errors.contains(names), "\(result.errors)")
    #expect(result.errors.contains("column"), "\(result.errors)")
  }

  @Test(arguments: ["dv1.00000000.1", "yesterday", "dv1.zz.1", "dv1.ffffffff.99999"])
  func aForeignOrMalformedCursorIsRefused(cursor: String) throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let result = try daemon.dvctl("watch", "--from", cursor, "--max-events", "1")
    #expect(result.status != 0)
    #expect(result.errors.contains(cursor), "\(result.errors)")
  }

  @Test func badUsageIsExitTwo() throws {
    #expect(try Programs.dvctl(["query", "--no-such-option"]).status == 2)
    #expect(try Programs.dvctl(["no-such-verb"]).status == 2)
    #expect(try Programs.dvctl(["analyze", "-", "--published", "2017-13"]).status == 2)
  }

  @Test func articlesThatAreNotThereAreNamed() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let shown = try daemon.dvctl("show", "4711")
    #expect(shown.status == 1)
    #expect(shown.errors.contains("4711"))
  }
}
