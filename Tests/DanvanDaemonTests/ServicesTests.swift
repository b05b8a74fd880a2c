import DanvanClient
import DanvanMessages
import DanvanModel
import DanvanRPC
import SwiftProtobuf
import Testing

@testable import DanvanDaemon

@Suite struct ServicesTests {
  @Test func helloTellsWhoIsThere() throws {
    let served = try ServedStore()
    let hello = try #require(try served.connect().hello)
    #expect(hello.protocol == 1)
    #expect(hello.version == Release.version)
    #expect(hello.features == ["zlib", "cancel", "credit", "ping", "goaway"])
    #expect(hello.headCursor == "dv1.\(hello.store).0")
    #expect(hello.oldestCursor == "dv1.\(hello.store).0")
    let cursor = try served.connect().ingest([document("x")])[0].cursor
    #expect(try served.connect().hello?.headCursor == cursor)
  }

  @Test func aRequiredFeatureThatIsUnknownIsNamed() throws {
    let served = try ServedStore()
    let client = try Client(socketPath: served.socket)
    var request = Danvan_V1_HelloRequest()
    request.required = ["zlib", "telepathy"]
    let payload: [UInt8] = try request.serializedBytes()
    let status = #expect(throws: RPCStatus.self) {
      try client.call("danvan.v1.Connection", "Hello", payload)
    }
    #expect(status?.code == 9)
    #expect(status?.message.contains("telepathy") == true)
  }

  @Test func aPeerWithoutTheExtensionGetsPlainText() throws {
    let served = try ServedStore()
    let sent = document("nước")
    let id = try served.connect().ingest([sent])[0].articleID
    let client = try Client(socketPath: served.socket)
    var request = Danvan_V1_GetArticleRequest()
    request.articleID = id
    request.withText = true
    let article = try Danvan_V1_Article(
      serializedBytes: client.call("danvan.v1.Corpus", "Get", request.serializedBytes()))
    #expect(article.text.encoding == .plain)
    #expect(article.text.data == sent.content)
  }

  @Test(arguments: ["Corpus/Ingest", "Corpus/Get", "Facts/Analyze", "Search/Query", "Events/Fetch"])
  func bytesThatAreNoMessageAreRefused(method: String) throws {
    let served = try ServedStore()
    let client = try Client(socketPath: served.socket)
    let parts = method.split(separator: "/").map(String.init)
    let status = #expect(throws: RPCStatus.self) {
      try client.call("danvan.v1.\(parts[0])", parts[1], [0x0A, 0xFF, 0xFF])
    }
    #expect(status?.code == 3)
  }

  @Test func healthIsTheStandardService() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    #expect(try daemon.isServing())
    var request = Grpc_Health_V1_HealthCheckRequest()
    request.service = "danvan.v1.Search"
    let known: Grpc_Health_V1_HealthCheckResponse = try daemon.call(
      "grpc.health.v1.Health", "Check", request)
    #expect(known.status == .serving)
    request.service = "danvan.v1.Weather"
    let error = #expect(throws: DaemonError.self) {
      let _: Grpc_Health_V1_HealthCheckResponse = try daemon.call(
        "grpc.health.v1.Health", "Check", request)
    }
    #expect(error?.code == 5)
  }

  @Test func statusCounts() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest([document("một"), document("hai")])
    let status = try daemon.status()
    #expect(status.articles == 2)
    #expect(status.connections == 1)
    #expect(status.pid > 0)
    #expect(status.residentBytes > 1 << 20)
    #expect(status.stateDirectory == served.folder + "/state")
    #expect(!status.ruleSet.isEmpty)
    #expect(!status.hasWriteFailure)
  }

  @Test func rulesExplainThemselves() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let all = try daemon.rules()
    let first = try #require(all.first)
    #expect(try daemon.rules(first.id) == [first])
    let error = #expect(throws: DaemonError.self) { try daemon.rules(first.id + "x") }
    #expect(error?.code == 5)
    #expect(error?.description.contains("did you mean '\(first.id)'?") == true)
  }

  @Test func searchesFindPageAndRefuse() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest((1...5).map { document("đường số \($0)") })
    var request = Danvan_V1_QueryRequest()
    request.query = "duong so"
    request.limit = 2
    let page = try daemon.query(request)
    #expect(page.total == 5)
    #expect(page.hits.count == 2)
    let hit = try #require(page.hits.first)
    let snippet = Array(hit.snippet.utf8)
    #expect(!hit.highlights.isEmpty && hit.highlights.count % 2 == 0)
    #expect(hit.highlights.allSatisfy { $0 <= snippet.count })
    request.after = page.next
    let second = try daemon.query(request)
    #expect(Set(page.hits.map(\.article.id)).isDisjoint(with: second.hits.map(\.article.id)))

    for (query, limit) in [("(", 0), ("duong", 1_001)] as [(String, UInt32)] {
      var faulty = Danvan_V1_QueryRequest()
      faulty.query = query
      faulty.limit = limit
      let error = #expect(throws: DaemonError.self) { try daemon.query(faulty) }
      #expect(error?.code == 3)
    }
  }

  @Test func unknownMethodsAreUnimplemented() throws {
    let served = try ServedStore()
    let client = try Client(socketPath: served.socket)
    for (service, method) in [("danvan.v1.Corpus", "Burn"), ("x.Y", "Z")] {
      let status = #expect(throws: RPCStatus.self) { try client.call(service, method, []) }
      #expect(status?.code == 12)
    }
  }
}
