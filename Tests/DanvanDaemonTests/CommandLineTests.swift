import DanvanModel
import Testing

@testable import DanvanDaemon

@Suite struct CommandLineTests {
  @Test func readsEveryOption() throws {
    let read = try Arguments(["--config", "c", "--state=s", "--socket", "p", "--rules=r=1"])
    #expect(read.configuration == "c")
    #expect(read.state == "s")
    #expect(read.socket == "p")
    #expect(read.rules == "r=1")
    #expect(read.action == .run)
    #expect(try Arguments(["--check-config"]).action == .checkConfiguration)
    #expect(try Arguments(["--version"]).action == .version)
    #expect(try Arguments(["--help"]).action == .help)
  }

  @Test(arguments: [
    (["--stat", "x"], "unknown argument '--stat'; did you mean --state?"),
    (["here"], "unknown argument 'here'"),
    (["--state"], "--state needs a value"),
    (["--state="], "--state needs a value"),
    (["--version=1"], "unknown argument '--version=1'; did you mean --version?"),
    ([""], "unknown argument ''"),
  ])
  func refuses(_ words: [String], message: String) {
    let error = #expect(throws: DanvanError.self) { try Arguments(words) }
    #expect(error?.message == message)
  }

  @Test func defaultPlaces() throws {
    let user = Places(
      environment: ["HOME": "/home/lan", "XDG_RUNTIME_DIR": "/run/user/7"], isRoot: false,
      executable: "/opt/danvan/bin/danvand")
    #expect(try user.state() == "/home/lan/.local/state/danvan")
    #expect(try user.socket() == "/run/user/7/danvan/danvand.sock")
    #expect(user.configuration == "/home/lan/.config/danvan/danvand.toml")
    #expect(user.rules == ["/opt/danvan/share/danvan/vi", "/usr/share/danvan/vi"])

    let moved = Places(
      environment: ["HOME": "/h", "XDG_STATE_HOME": "/s", "XDG_CONFIG_HOME": "relative"],
      isRoot: false, executable: "/danvand")
    #expect(try moved.state() == "/s/danvan")
    #expect(moved.configuration == "/h/.config/danvan/danvand.toml")
    #expect(throws: DanvanError.self) { try moved.socket() }

    let root = Places(environment: [:], isRoot: true, executable: "/usr/bin/danvand")
    #expect(try root.state() == "/var/lib/danvan")
    #expect(try root.socket() == "/run/danvan/danvand.sock")
    #expect(root.configuration == "/etc/danvan/danvand.toml")

    let service = Places(
      environment: [
        "STATE_DIRECTORY": "/var/lib/danvan:/other", "CONFIGURATION_DIRECTORY": "/etc/danvan",
        "RUNTIME_DIRECTORY": "/run/danvan",
      ], isRoot: false, executable: "/usr/bin/danvand")
    #expect(try service.state() == "/var/lib/danvan")
    #expect(try service.socket() == "/run/danvan/danvand.sock")
    #expect(service.configuration == "/etc/danvan/danvand.toml")

    let nobody = Places(environment: [:], isRoot: false, executable: "")
    #expect(throws: DanvanError.self) { try nobody.state() }
    #expect(nobody.configuration == nil)
  }
}
