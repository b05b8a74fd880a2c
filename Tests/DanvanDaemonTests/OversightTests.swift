import DanvanClient
import DanvanMessages
import DanvanRPC
import Foundation
import SwiftProtobuf
import Testing

@testable import DanvanDaemon

/// The daemon seen from outside: its description, its connections, their frames, its health.
@Suite struct OversightTests {
  @Test func everyMethodItDescribesIsThere() throws {
    let served = try ServedStore()
    let description = try served.connect().describe()
    #expect(description.files.map(\.name) == ProtocolFiles.all.map(\.name))
    let text = description.files.map(\.text).joined()
    var methods: [(service: String, method: String)] = []
    var package = ""
    var service = ""
    for line in text.split(separator: "\n") {
      let words = line.split { " ();".contains($0) }
      if words.first == "package" { package = String(words[1]) }
      if words.first == "service" { service = "\(package).\(words[1])" }
      if words.first == "rpc" { methods.append((service, String(words[1]))) }
    }
    #expect(methods.count >= 15)
    for (service, method) in methods {
      let client = try Client(socketPath: served.socket)
      do {
        // Streams of no end are left after their first message or half a second.
        _ = try client.stream(service, method, [], timeout: .milliseconds(500)).next()
      } catch let status as RPCStatus {
        #expect(status.code != 12, "\(service)/\(method): \(status)")
      }
    }
  }

  @Test func connectionsAreListedWithWhatTheyWaitFor() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest([document("một")])
    let watch = try served.connect().watch(.with { $0.from = "now" })
    guard case .event = try watch.next(timeout: .seconds(20)) else {
      Issue.record("no mark")
      return
    }
    _ = try Client(socketPath: served.socket)
    let list = try daemon.connections()
    let own = try #require(list.first)
    #expect(own.pid == getpid() && own.uid == geteuid() && own.gid == getegid())
    #expect(own.client == "test 0")
    #expect(own.socket == "own")
    #expect(own.features == ["zlib", "cancel", "credit", "ping", "goaway"])
    #expect(own.calls == 3 && own.bytesIn > 100 && own.bytesOut > 100 && own.ageNano > 0)
    #expect(own.inProgress.map(\.method) == ["danvan.v1.Admin/Connections"])
    let watching = try #require(list.first { $0.inProgress.contains(where: \.hasLag) })
    #expect(watching.inProgress.map(\.method) == ["danvan.v1.Events/Watch"])
    #expect(watching.inProgress.map(\.lag) == [0])
  }

  @Test func aWatchThatDoesNotReadLagsBehind() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let client = try Client(socketPath: served.socket)
    let hello = Danvan_V1_HelloRequest.with {
      $0.features = ["credit"]
      $0.window = 1
    }
    _ = try client.call("danvan.v1.Connection", "Hello", hello.serializedBytes())
    // One byte of credit is used up by the mark; it gives no more.
    client.enable(Extension(features: .credit), window: .max)
    let watch = Danvan_V1_WatchRequest.with { $0.from = "now" }
    let stream = try client.stream("danvan.v1.Events", "Watch", watch.serializedBytes())
    _ = try stream.next(timeout: .seconds(20))
    for number in 0..<7 { _ = try daemon.ingest([document("bài \(number)")]) }
    let lag = try daemon.connections().flatMap(\.inProgress).filter(\.hasLag).map(\.lag)
    #expect(lag == [7])
    withExtendedLifetime(stream) {}
  }

  @Test func aTraceShowsWhatPasses() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let other = try served.connect()
    let number = try #require(try daemon.connections().last?.number)
    let trace = try daemon.trace(number)
    // Begun when the first frame comes.
    while true {
      _ = try other.isServing()
      if case .message = try trace.next(timeout: .milliseconds(50)) { break }
    }
    _ = try other.query(.with { $0.query = "dân vận" }, timeout: .seconds(9))
    #expect(throws: DaemonError.self) {
      try other.article(7, withText: false, withFacts: false)
    }
    var frames: [Danvan_V1_TraceFrame] = []
    while frames.last?.code != 5 {
      guard case .message(let bytes) = try trace.next(timeout: .seconds(20)) else { break }
      frames.append(try Danvan_V1_TraceFrame(serializedBytes: bytes))
    }
    let request = try #require(frames.first { $0.method == "danvan.v1.Search/Query" })
    #expect(request.fromClient && request.type == 1 && request.timeoutNano == 9_000_000_000)
    #expect(request.hasPayloadBytes && request.payloadBytes == 12)
    let answer = try #require(frames.first { $0.stream == request.stream && !$0.fromClient })
    #expect(answer.type == 2 && answer.code == 0)
    #expect(frames.allSatisfy { $0.connection == number })
    #expect(frames.last?.message.contains("no article 7") == true)
    other.close()
    while true {
      guard case .message = try trace.next(timeout: .seconds(20)) else { break }
    }
  }

  @Test func aTraceOfNothingAndOfItselfIsRefused() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let none = #expect(throws: DaemonError.self) {
      _ = try daemon.trace(1).next(timeout: .seconds(20))
    }
    #expect(none?.code == 5)
    let own = try #require(try daemon.connections().first?.number)
    let itself = #expect(throws: DaemonError.self) {
      _ = try daemon.trace(own).next(timeout: .seconds(20))
    }
    #expect(itself?.code == 3)
  }

  @Test(arguments: [
    ("own", 1_000, true), ("own", 0, true), ("own", 1_001, false), ("own", 65_534, false),
    ("read", 1_000, false), ("read", 0, false), ("admin", 65_534, true), ("other", 1_001, false),
  ])
  func theSocketsNameOrTheOwnerDecides(socket: String, uid: UInt32, mayChange: Bool) {
    let peer = Peer(pid: 1, uid: uid, gid: 0, socketName: socket)
    #expect(Rights.mayChange(peer, owner: 1_000) == mayChange)
  }

  @Test func aSocketOfItsOwnIsItsOwnersOnly() throws {
    let served = try ServedStore()
    let mode = try FileManager.default.attributesOfItem(atPath: served.socket)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  /// Cursors at the ends of the log; EventsTests has those of another store and malformed ones.
  @Test func cursorsAtAndBeyondTheHead() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let head = try daemon.ingest([document("một"), document("hai")])[1].cursor
    let atHead = try daemon.fetch(.with { $0.from = head })
    #expect(atHead.events.isEmpty && atHead.next == head)
    let store = try #require(daemon.hello?.store)
    #expect(try daemon.fetch(.with { $0.from = "dv1.\(store).1" }).events.count == 1)
    #expect(try daemon.fetch(.with { $0.from = "dv1.\(store).0" }).events.count == 2)
    let beyond = #expect(throws: DaemonError.self) {
      try daemon.fetch(.with { $0.from = "dv1.\(store).3" })
    }
    #expect(beyond?.code == 11)
    let watched = #expect(throws: DaemonError.self) {
      _ = try daemon.watch(.with { $0.from = "dv1.\(store).3" }).next(timeout: .seconds(20))
    }
    #expect(watched?.code == 11)
  }

  @Test func healthIsWatched() throws {
    let served = try ServedStore()
    let client = try Client(socketPath: served.socket)
    func first(_ service: String) throws -> Grpc_Health_V1_HealthCheckResponse.ServingStatus? {
      let request = Grpc_Health_V1_HealthCheckRequest.with { $0.service = service }
      let stream = try client.stream(
        "grpc.health.v1.Health", "Watch", request.serializedBytes())
      return try stream.next(timeout: .seconds(20)).map {
        try Grpc_Health_V1_HealthCheckResponse(serializedBytes: $0).status
      }
    }
    #expect(try first("") == .serving)
    #expect(try first("danvan.v1.Corpus") == .serving)
    #expect(try first("danvan.v1.Weather") == .serviceUnknown)
  }

  @Test func aChangeOfHealthIsTold() throws {
    let woken = DispatchSemaphore(value: 0)
    let status = Statuses()
    let source = HealthSource(
      StreamHandle { woken.signal() }, try Alarms(), status: { status.now })
    func told() throws -> [UInt8]? {
      guard case .messages(let messages) = try source.next() else { return nil }
      return messages.first
    }
    #expect(try told() == [0x08, 1])
    #expect(try told() == nil)
    status.now = .notServing
    #expect(woken.wait(timeout: .now() + 20) == .success)
    #expect(try told() == [0x08, 2])
    source.closed()
  }
}

private final class Statuses: @unchecked Sendable {
  // Written before the source's alarm rings, read after.
  var now = HealthHandlers.Status.serving
}
