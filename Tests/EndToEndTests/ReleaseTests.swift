import Foundation
import TestSupport
import Testing

/// One version everywhere, and the check of a release.
struct ReleaseTests {
  private static func script(_ name: String, _ words: String...) throws -> Programs.Result {
    try Programs.run(Repository.root.appendingPathComponent("scripts/\(name)"), words)
  }

  @Test func everyCopyOfTheVersionAgrees() throws {
    let result = try Self.script("release", "agree")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func theProgramsAndTheDaemonSayTheSame() throws {
    let version = try #require(try Self.script("release", "version").lines.first)
    let said = try Programs.dvctl(["--version"]).text
    let wanted = "dvctl \(version) (protocol "
    #expect(said.hasPrefix(wanted) && said.hasSuffix(")\n"), "\(said)")
    let numbers = String(said.dropFirst("dvctl ".count))
    #expect(try Programs.dvctl(["version"]).text == said)
    let danvand = try Programs.run(Programs.path(of: "danvand"), ["--version"])
    #expect(danvand.text == "danvand \(numbers)")
    let python = try Programs.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", "-c", "import danvan; print(danvan.__version__)"],
      environment: [
        "PYTHONPATH": Repository.root.appendingPathComponent("clients/python/src").path
      ])
    #expect(python.lines == [version])

    let daemon = try RunningDaemon()
    try daemon.start()
    let status = try daemon.dvctl("status", "--format", "json")
    let members = try #require(
      try JSONSerialization.jsonObject(with: status.output) as? [String: Any])
    let (protocolNumber, schema) = (members["protocol"] as? Int, members["schema"] as? Int)
    #expect(
      numbers == "\(version) (protocol \(protocolNumber ?? -1), schema \(schema ?? -1))\n")
    #expect(members["version"] as? String == version)
  }

  /// What `make install` and the packages put there as danvand is a link to dvctl.
  @Test func dvctlUnderTheNameOfDanvandIsTheDaemon() throws {
    let folder = try TemporaryDirectory()
    let link = folder.url.appendingPathComponent("danvand")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: Programs.path(of: "dvctl"))
    for words in [["--version"], ["--help"], ["--no-such-option"]] {
      let (linked, own) = (
        try Programs.run(link, words), try Programs.run(Programs.path(of: "danvand"), words)
      )
      #expect(linked.text == own.text)
      #expect(linked.errors == own.errors)
      #expect(linked.status == own.status)
    }
  }

  @Test func stepsEndWithATable() throws {
    let folder = try TemporaryDirectory()
    let list = folder.path + "/steps"
    try """
    # a comment
    ci release | good | true
    release    | other | echo 'skipped: it is not there'
    ci release | bad | false
    ci release | after | test ! -t 0 && ! read -r line
    """.write(toFile: list, atomically: true, encoding: .utf8)
    let release = try Self.script("steps", "release", list)
    #expect(release.status == 1)
    let table = release.lines.suffix(4).map { $0.split(whereSeparator: { $0 == " " }) }
    #expect(
      table.map { $0.prefix(2).joined(separator: " ") } == [
        "good passed", "other skipped", "bad failed", "after passed",
      ])
    #expect(table[1].suffix(4).joined(separator: " ") == "it is not there")
    let ci = try Self.script("steps", "ci", list)
    #expect(ci.status == 1)
    #expect(ci.lines.last?.hasPrefix("bad") == true, "\(ci.text)")
    #expect(try Self.script("steps", "other", list).status == 2)
  }
}
