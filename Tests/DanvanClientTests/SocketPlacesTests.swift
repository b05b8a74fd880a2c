import DanvanClient
import Testing

@Suite struct SocketPlacesTests {
  @Test func theNamedSocketStandsAlone() {
    #expect(places(named: "/a", ["DANVAN_SOCKET": "/b", "XDG_RUNTIME_DIR": "/r"]) == ["/a"])
    #expect(places(["DANVAN_SOCKET": "/b", "XDG_RUNTIME_DIR": "/r"]) == ["/b"])
  }

  @Test func onesOwnComesBeforeTheSystems() {
    #expect(
      places(["XDG_RUNTIME_DIR": "/r", "DANVAN_SOCKET": ""])
        == ["/r/danvan/danvand.sock", "/run/danvan/danvand.sock"])
    #expect(places([:]) == ["/run/danvan/danvand.sock"])
  }

  @Test func changesTryTheAdminSocketFirst() {
    #expect(
      places(["XDG_RUNTIME_DIR": "/r"], forChanges: true)
        == ["/r/danvan/danvand.sock", "/run/danvan/admin.sock", "/run/danvan/danvand.sock"])
  }

  @Test func everySocketThatWasTriedIsNamed() {
    let error = #expect(throws: DaemonError.self) {
      try DaemonConnection(
        sockets: ["/nowhere/a.sock", "/dev/null"],
        caller: DaemonConnection.Caller(name: "test", version: "0"))
    }
    guard case .unreachable(let attempts) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(attempts.map(\.path) == ["/nowhere/a.sock", "/dev/null"])
    #expect(attempts.allSatisfy { !$0.reason.isEmpty })
    #expect(error?.code == nil)
    #expect(error?.description.contains("tried:\n  /nowhere/a.sock: ") == true)
  }

  private func places(
    named: String? = nil, _ environment: [String: String], forChanges: Bool = false
  ) -> [String] {
    SocketPlaces.candidates(named: named, environment: environment, forChanges: forChanges)
  }
}
