import Foundation
import TestSupport
import Testing

/// A ttrpc client that knows nothing of danvan but its field numbers, built from Debian's packages
/// golang-go and golang-github-containerd-ttrpc-dev, against the real daemon.
@Suite struct StockClientTests {
  static let library = URL(fileURLWithPath: "/usr/share/gocode/src/github.com/containerd/ttrpc")
  static let compiler = URL(fileURLWithPath: "/usr/bin/go")

  static var isPossible: Bool {
    let isThere = [library, compiler].allSatisfy {
      FileManager.default.fileExists(atPath: $0.path)
    }
    if isThere { return true }
    print("skipped: needs golang-go and golang-github-containerd-ttrpc-dev (make test-stock)")
    // The verb that installs them does not pass without them.
    return ProcessInfo.processInfo.environment["DANVAN_TEST_STOCK"] != nil
  }

  @Test(.enabled(if: isPossible)) func everyUnaryCallWorks() throws {
    let daemon = try RunningDaemon()
    try daemon.start()
    let client = try build(in: daemon.folder)
    let sample = Repository.samples.appendingPathComponent("03-ky-hop-hdnd.txt")
    let result = try Programs.run(client, [daemon.socket.path, sample.path])
    #expect(
      result.lines == [
        "ingest 0 1 1",
        "get 0 1 0 true true",
        "facts 0 true true",
        "health 0 1",
        "query 0 1",
        "fetch 0 true true",
        "deadline true true",
        "unknown 12",
        "large 8",
        "after 0 1",
      ], "\(result.text)\(result.errors)")
  }

  private func build(in folder: URL) throws -> URL {
    let program = folder.appendingPathComponent("stock-client")
    let source = Repository.root.appendingPathComponent("Tests/StockClientTests/client/main.go")
    let result = try Programs.run(
      Self.compiler, ["build", "-o", program.path, source.path],
      environment: [
        "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOPROXY": "off",
        "CGO_ENABLED": "0", "HOME": folder.path,
        "GOCACHE": folder.appendingPathComponent("cache").path,
      ])
    try #require(result.status == 0, "\(result.errors)")
    return program
  }
}
