import DanvanModel
import Foundation
import TestSupport
import Testing

@testable import DanvanDaemon

/// Which of several places a key is taken from, and that each says so.
@Suite struct LayerTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/danvand.toml.d", withIntermediateDirectories: true)
    try write("[search]\nlimit = 5\ntimeout_seconds = 6\n[events]\nbatch = 7\n", "danvand.toml")
    try write("[search]\nlimit = 8\ntimeout_seconds = 9\n", "danvand.toml.d/10-first.toml")
    try write("\n[search]\nlimit = 11\n", "danvand.toml.d/20-second.toml")
    try write("nonsense", "danvand.toml.d/30-not-read.txt")
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
  }

  private func settings(_ environment: [String: String] = [:]) throws -> Settings {
    let words = [
      "--config", folder.path + "/danvand.toml", "--rules", Repository.rules.path,
      "--state", "/somewhere",
    ]
    return try Settings(try Arguments(words), environment: environment)
  }

  @Test func laterPlacesGoBeforeEarlierOnes() throws {
    let settings = try settings(["DANVAND_EVENTS_BATCH": "12", "DANVAND_DROP_FOLDERS": "/a:/b"])
    #expect(settings.configuration.search.limit == 11)
    #expect(settings.configuration.search.timeoutSeconds == 9)
    #expect(settings.configuration.events.batch == 12)
    #expect(settings.configuration.drop.folders == ["/a", "/b"])
    #expect(settings.state == "/somewhere")
  }

  @Test func eachKeySaysWhereItComesFrom() throws {
    let shown = try settings(["DANVAND_EVENTS_BATCH": "12"]).shown
    #expect(shown.map(\.name) == ConfigurationKey.all.map(\.name))
    func setting(_ name: String) -> [String] {
      shown.filter { $0.name == name }.flatMap { [$0.value, $0.origin] }
    }
    let file = folder.path + "/danvand.toml"
    #expect(setting("search.limit") == ["11", "\(file).d/20-second.toml:3"])
    #expect(setting("search.timeout_seconds") == ["9", "\(file).d/10-first.toml:3"])
    #expect(setting("events.batch") == ["12", "environment DANVAND_EVENTS_BATCH"])
    #expect(setting("paths.state") == ["\"/somewhere\"", "option --state"])
    #expect(setting("socket.mode") == ["\"0600\"", "default"])
    #expect(setting("log.level") == ["\"info\"", "default"])
  }

  @Test(arguments: [
    ("DANVAND_SEARCH_LIMITS", "1", "did you mean 'DANVAND_SEARCH_LIMIT'?"),
    ("DANVAND_SEARCH_LIMIT", "many", "must be an integer from 1 to 1000"),
    ("DANVAND_PATHS_STATE", "here", "must be an absolute path"),
  ])
  func aVariableThatIsWrongIsAnError(name: String, value: String, message: String) {
    #expect {
      try settings([name: value])
    } throws: { error in
      let text = (error as? DanvanError)?.message ?? ""
      return text.contains(name) && text.contains(message)
    }
  }

  @Test func aDropInThatIsWrongNamesItsLine() throws {
    try write("[search]\nlimit = 0\n", "danvand.toml.d/40-wrong.toml")
    #expect {
      try settings()
    } throws: { error in
      (error as? DanvanError)?.message.contains("40-wrong.toml:2: 'search.limit'") == true
    }
  }

  /// What a key shows of itself is what the file would have.
  @Test func whatIsShownCanBeReadAgain() throws {
    var configuration = Configuration()
    configuration.drop.folders = ["/in, box", "/b"]
    configuration.socket.mode = 0o660
    configuration.paths.state = #"/a "b\c"#
    var file = ""
    for key in ConfigurationKey.all {
      let parts = key.name.split(separator: ".")
      if !file.contains("[\(parts[0])]") { file += "[\(parts[0])]\n" }
      file += "\(parts[1]) = \(key.text(configuration))\n"
    }
    #expect(try Configuration(parsing: Array(file.utf8), file: "x") == configuration)
  }
}
