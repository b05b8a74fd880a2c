import DanvanModel
import Foundation
import Testing

@testable import DanvanDaemon

@Suite struct ConfigurationTests {
  @Test func shippedFileHoldsEveryKeyAtItsDefault() throws {
    let bytes = try OwnProcess.contents(
      of: repositoryRoot + "/daemon-config/danvand.toml", limit: 1 << 20)
    #expect(try Configuration(parsing: bytes, file: "danvand.toml") == Configuration())
    let written = try TOMLDocument(parsing: bytes).entries.map(\.key)
    #expect(written == ConfigurationKey.all.map(\.name))
  }

  @Test func manualNamesEveryKey() throws {
    let bytes = try OwnProcess.contents(
      of: repositoryRoot + "/daemon-config/man/danvand.conf.5", limit: 1 << 20)
    let manual = try #require(String(validating: bytes, as: UTF8.self))
    for key in ConfigurationKey.all {
      let name = key.name.split(separator: ".")[1]
      #expect(manual.contains("\n.IR \(name) ") || manual.contains("\n.I \(name)\n"), "\(key.name)")
    }
  }

  /// Of each number the manual has bounds and default, and the shipped file the bounds.
  @Test(arguments: ConfigurationKey.all.filter { $0.bounds != nil }.map(\.name))
  func manualAndFileTellTheBounds(name: String) throws {
    let key = try #require(ConfigurationKey.all.first { $0.name == name })
    let bounds = try #require(key.bounds)
    let parts = name.split(separator: ".").map(String.init)
    func text(_ path: String) throws -> String {
      let bytes = try OwnProcess.contents(
        of: "\(repositoryRoot)/daemon-config/\(path)", limit: 1 << 20)
      return try #require(String(validating: bytes, as: UTF8.self))
    }
    func part(of text: String, from start: String, to end: String) throws -> String {
      let found = try #require(text.range(of: start), "\(start)")
      return text[found.upperBound...].components(separatedBy: end)[0]
    }
    let section = try part(
      of: text("man/danvand.conf.5"), from: ".SH [\(parts[0].uppercased())]", to: "\n.SH")
    let entry = try part(of: section, from: "\n.I \(parts[1])\n", to: "\n.TP")
    #expect(entry.contains("Default: \(key.text(Configuration()))."), "\(entry)")

    let table = try part(of: text("danvand.toml"), from: "\n[\(parts[0])]\n", to: "\n[")
    let comment = try part(of: "\n" + table, from: "\n", to: "\n\(parts[1]) = ")
      .split(separator: "\n").reversed().prefix { $0.hasPrefix("#") }.joined(separator: " ")
    for place in [entry, comment] {
      #expect(place.contains("to \(bounds.upperBound)"), "\(place)")
      #expect(place.contains(" \(bounds.lowerBound) "), "\(place)")
    }
  }

  @Test func everyKeyTakesAnotherValue() throws {
    let file = """
      [paths]
      state = "/s"  # comment
      rules = '/r'
      [socket]
      path = "/a b#c"
      mode = "0660"
      admin_path = "/admin"
      admin_mode = "640"
      [limits]
      connections_per_user = 1_000
      streams_per_connection = 3
      inflated_bytes = 4_194_304
      workers = 5
      [search]
      limit = 6
      timeout_seconds = 7
      [events]
      batch = 8
      fetch_wait_seconds = 9
      progress_seconds = 10
      [drop]
      folders = [ "/in, box", '/b', ] # two
      [metrics]
      textfile = "/m.prom"
      textfile_seconds = 11
      [stop]
      drain_seconds = 0
      [log]
      level = "debug"
      """
    var expected = Configuration()
    expected.paths.state = "/s"
    expected.paths.rules = "/r"
    expected.socket.path = "/a b#c"
    expected.socket.mode = 0o660
    expected.socket.adminPath = "/admin"
    expected.socket.adminMode = 0o640
    expected.limits.connectionsPerUser = 1000
    expected.limits.streamsPerConnection = 3
    expected.limits.inflatedBytes = 4 << 20
    expected.limits.workers = 5
    expected.search.limit = 6
    expected.search.timeoutSeconds = 7
    expected.events.batch = 8
    expected.events.fetchWaitSeconds = 9
    expected.events.progressSeconds = 10
    expected.drop.folders = ["/in, box", "/b"]
    expected.metrics.textfile = "/m.prom"
    expected.metrics.textfileSeconds = 11
    expected.stop.drainSeconds = 0
    expected.log.level = .debug
    #expect(try Configuration(parsing: Array(file.utf8), file: "x") == expected)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let file: String
    let message: String
    var testDescription: String { file }
  }

  @Test(arguments: [
    Fault(
      file: "[limits]\nworker = 3",
      message: "x:2: unknown key 'limits.worker'; did you mean 'limits.workers'?"),
    Fault(
      file: "[socket]\npaht = \"/a\"",
      message: "x:2: unknown key 'socket.paht'; did you mean 'socket.path'?"),
    Fault(file: "colour = 1", message: "x:1: unknown key 'colour'"),
    Fault(
      file: "\n[limits]\n\nworkers = 0",
      message: "x:4: 'limits.workers' must be an integer from 1 to 64"),
    Fault(
      file: "[limits]\nworkers = \"4\"",
      message: "x:2: 'limits.workers' must be an integer from 1 to 64"),
    Fault(
      file: "[paths]\nstate = \"here\"",
      message: "x:2: 'paths.state' must be an absolute path, or empty for the default place"),
    Fault(file: "[paths]\nstate = true", message: "x:2: 'paths.state' must be a string in quotes"),
    Fault(
      file: "[drop]\nfolders = \"/a\"",
      message: "x:2: 'drop.folders' must be a list of strings, such as [\"/srv/drop\"]"),
    Fault(
      file: "[drop]\nfolders = [\"a\"]",
      message: "x:2: 'drop.folders' must be absolute paths, each once"),
    Fault(
      file: "[socket]\nmode = 600",
      message: "x:2: 'socket.mode' must be permission bits in octal, such as \"0660\""),
    Fault(
      file: "[socket]\nmode = \"0888\"",
      message: "x:2: 'socket.mode' must be permission bits in octal, such as \"0660\""),
    Fault(
      file: "[log]\nlevel = \"loud\"",
      message: "x:2: 'log.level' must be one of error, warning, notice, info, debug"),
    Fault(
      file: "[log]\nlevel = \"info\"\nlevel = \"info\"",
      message: "x:3: key 'log.level' stands here twice"),
    Fault(file: "[log]\n[log]", message: "x:2: table [log] stands here twice"),
    Fault(file: "[log", message: "x:1: expected ']' after the table's name"),
    Fault(file: "[]", message: "x:1: expected a key of letters, digits, '_' or '-'"),
    Fault(file: "level", message: "x:1: expected '=' after 'level'"),
    Fault(file: "level = ", message: "x:1: a value is missing"),
    Fault(file: "level = # none", message: "x:1: a value is missing"),
    Fault(file: "level = \"info", message: "x:1: the string is not closed"),
    Fault(file: "level = \"info\\", message: "x:1: the string is not closed"),
    Fault(file: "level = 'info", message: "x:1: the string is not closed"),
    Fault(file: "level = \"a\\q\"", message: "x:1: unknown escape '\\q'"),
    Fault(file: "level = \"\\u12\"", message: "x:1: \\u needs 4 hexadecimal digits of a character"),
    Fault(
      file: "level = \"\\uD800\"", message: "x:1: \\u needs 4 hexadecimal digits of a character"),
    Fault(file: "n = 1 2", message: "x:1: unexpected '2'"),
    Fault(file: "n = 1__2", message: "x:1: '1__2' is no string in quotes, integer or boolean"),
    Fault(
      file: "n = 99999999999999999999",
      message: "x:1: '99999999999999999999' is no string in quotes, integer or boolean"),
    Fault(file: "n = [1]", message: "x:1: a list holds strings in quotes, on one line"),
    Fault(file: "n = [\"a\" \"b\"]", message: "x:1: expected ',' or ']' in the list"),
  ])
  func faultNamesItsLine(_ fault: Fault) {
    let error = #expect(throws: DanvanError.self) {
      try Configuration(parsing: Array(fault.file.utf8), file: "x")
    }
    #expect(error?.message == fault.message)
    #expect(error?.code == .invalidArgument)
  }

  @Test func bytesThatAreNotTextAreRefused() {
    let error = #expect(throws: DanvanError.self) {
      try Configuration(parsing: [0x23, 0x0A, 0x23, 0xFF], file: "x")
    }
    #expect(error?.message == "x:2: not UTF-8")
  }

  @Test func escapesAndLineEndsOfOtherSystems() throws {
    let file = "[paths]\r\nstate = \"/a\\\"\\u1EBF\\U0001F600\"\t# x\r\n"
    let configuration = try Configuration(parsing: Array(file.utf8), file: "x")
    #expect(Array(configuration.paths.state.utf8) == Array("/a\"\u{1EBF}\u{1F600}".utf8))
  }
}

/// The repository's folder, found from this file's place in it.
let repositoryRoot: String =
  "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
