import DanvanClient
import DanvanMessages
import Foundation
import Testing

@testable import DanvanDaemon

@Suite struct EventsTests {
  @Test func aWatchSeesTheOldThenAMarkThenTheNew() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let ids = try daemon.ingest([document("một"), document("hai")]).map(\.articleID)
    let watch = try served.connect().watch(request(from: "start", withFacts: true))
    let first = try events(watch, 3)
    #expect(first.map(\.kind) == [.added, .added, .synced])
    #expect(first.prefix(2).map(\.articleID) == ids)
    #expect(first[0].article.hasFacts && !first[0].article.hasText)
    #expect(first[2].cursor == first[1].cursor)
    let removed = try daemon.delete([ids[0]])
    #expect(removed.deleted == [ids[0]])
    let third = try daemon.ingest([document("ba")])[0]
    let later = try events(watch, 2)
    #expect(later.map(\.kind) == [.removed, .added])
    #expect(!later[0].hasArticle)
    #expect(later[1].cursor == third.cursor)
    watch.cancel()
  }

  @Test func aWatchFromNowSeesOnlyTheNew() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest([document("cũ")])
    let watch = try served.connect().watch(request(from: "now"))
    #expect(try events(watch, 1).map(\.kind) == [.synced])
    let id = try daemon.ingest([document("mới")])[0].articleID
    #expect(try events(watch, 1).map(\.articleID) == [id])
  }

  @Test func aCursorResumesBehindTheEventItNames() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let results = try daemon.ingest((1...300).map { document("số \($0)") })
    let watch = try served.connect().watch(request(from: results[99].cursor))
    let seen = try events(watch, 201)
    #expect(seen.prefix(200).map(\.articleID) == results[100...].map(\.articleID))
    #expect(seen.last?.kind == .synced)
  }

  @Test func aFilteredWatchLearnsHowFarItHasCome() throws {
    var configuration = Configuration()
    configuration.events.progressSeconds = 1
    let served = try ServedStore(configuration)
    let daemon = try served.connect()
    let watch = try served.connect().watch(request(query: "khônghề", from: "start"))
    #expect(try events(watch, 1).map(\.kind) == [.synced])
    let cursor = try daemon.ingest([document("một"), document("hai")])[1].cursor
    let mark = try events(watch, 1)
    #expect(mark.map(\.kind) == [.progress])
    #expect(mark.first?.cursor == cursor)
    #expect(try step(watch, .milliseconds(50)) == nil, "nothing new, so no second mark")
  }

  @Test func twoHundredWatchersAllHearOfIt() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let watchers = try (0..<4).map { _ in try served.connect() }
    let watches = try (0..<200).map { try watchers[$0 % 4].watch(request(from: "now")) }
    for watch in watches { #expect(try events(watch, 1).map(\.kind) == [.synced]) }
    #expect(try daemon.status().watchers == 200)
    let id = try daemon.ingest([document("chung")])[0].articleID
    for watch in watches { #expect(try events(watch, 1).map(\.articleID) == [id]) }
  }

  @Test func aFetchWaitsForAnEvent() throws {
    let served = try ServedStore()
    let waiting = try served.connect()
    let folder = served.socket
    Thread.detachNewThread {
      let daemon = try? DaemonConnection(
        sockets: [folder], caller: DaemonConnection.Caller(name: "test", version: "0"))
      _ = try? daemon?.ingest([document("tới")])
    }
    var request = Danvan_V1_FetchRequest()
    request.from = "start"
    request.waitNano = 20_000_000_000
    let answer = try waiting.fetch(request)
    #expect(answer.events.map(\.articleID) == [1])
    #expect(answer.next == answer.head)
    request.from = answer.next
    request.waitNano = 30_000_000
    let nothing = try waiting.fetch(request)
    #expect(nothing.events.isEmpty)
    #expect(nothing.next == answer.next)
  }

  @Test func aFetchPagesThroughTheLog() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let ids = try daemon.ingest((1...25).map { document("trang \($0)") }).map(\.articleID)
    var request = Danvan_V1_FetchRequest()
    request.from = "start"
    request.maxEvents = 10
    var seen: [Int64] = []
    for _ in 0..<3 {
      let page = try daemon.fetch(request)
      seen += page.events.map(\.articleID)
      request.from = page.next
    }
    #expect(seen == ids)
    #expect(try daemon.fetch(request).events.isEmpty)
  }

  @Test(
    arguments: [
      ("", "dv1.00000000.1", 9), ("", "hôm qua", 3), ("", "dv1.zzzzzzzz.1", 3), ("(", "start", 3),
    ] as [(String, String, Int32)])
  func whatCannotBeWatchedIsRefused(query: String, from: String, code: Int32) throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let watched = #expect(throws: DaemonError.self) {
      _ = try daemon.watch(request(query: query, from: from)).next(timeout: .seconds(20))
    }
    #expect(watched?.code == code)
    var fetch = Danvan_V1_FetchRequest()
    fetch.query = query
    fetch.from = from
    let fetched = #expect(throws: DaemonError.self) { try daemon.fetch(fetch) }
    #expect(fetched?.code == code)
    if case .status(let status) = watched, code == 9 {
      #expect(status.bounds?.head == daemon.hello?.headCursor)
    }
  }

  @Test func aStopEndsWatchesWithUnavailable() throws {
    let served = try ServedStore()
    let watch = try served.connect().watch(request(from: "now"))
    #expect(try events(watch, 1).map(\.kind) == [.synced])
    served.stop()
    let error = #expect(throws: DaemonError.self) { _ = try watch.next(timeout: .seconds(20)) }
    #expect(error?.code == 14)
  }

  private func request(query: String = "", from: String, withFacts: Bool = false)
    -> Danvan_V1_WatchRequest
  {
    var request = Danvan_V1_WatchRequest()
    request.query = query
    request.from = from
    request.withFacts = withFacts
    return request
  }

  private func events(_ watch: EventStream, _ count: Int) throws -> [Danvan_V1_WatchEvent] {
    try (0..<count).compactMap { _ in try step(watch, .seconds(20)) }
  }

  private func step(_ watch: EventStream, _ timeout: Duration) throws -> Danvan_V1_WatchEvent? {
    if case .event(let event) = try watch.next(timeout: timeout) { event } else { nil }
  }
}
