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
      ("", "dv1.00000000.1", 9, .anotherStore), ("", "hôm qua", 3, .malformed),
      ("", "dv1.zzzzzzzz.1", 3, .malformed), ("", "@x", 3, .malformed), ("", "ahead", 11, .ahead),
      ("(", "start", 3, nil),
    ] as [(String, String, Int32, Danvan_V1_CursorBounds.Reason?)])
  func whatCannotBeWatchedIsRefused(
    query: String, from: String, code: Int32, reason: Danvan_V1_CursorBounds.Reason?
  ) throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let head = try #require(daemon.hello?.headCursor)
    let from = from == "ahead" ? head.replacing(/[0-9]+$/, with: "7") : from
    let watched = #expect(throws: DaemonError.self) {
      _ = try daemon.watch(request(query: query, from: from)).next(timeout: .seconds(20))
    }
    #expect(watched?.code == code && watched?.cursorFault == reason)
    var fetch = Danvan_V1_FetchRequest()
    fetch.query = query
    fetch.from = from
    let fetched = #expect(throws: DaemonError.self) { try daemon.fetch(fetch) }
    #expect(fetched?.code == code && fetched?.cursorFault == reason)
    if case .status(let status) = watched, reason != nil {
      #expect(status.bounds?.head == head)
    }
    guard query.isEmpty else { return }
    let made = #expect(throws: DaemonError.self) {
      _ = try daemon.createSubscription("x", query: "", from: from)
    }
    #expect(made?.code == code && made?.cursorFault == reason)
  }

  @Test func aStopEndsWatchesWithUnavailable() throws {
    let served = try ServedStore()
    let watch = try served.connect().watch(request(from: "now"))
    #expect(try events(watch, 1).map(\.kind) == [.synced])
    served.stop()
    let error = #expect(throws: DaemonError.self) { _ = try watch.next(timeout: .seconds(20)) }
    #expect(error?.code == 14)
  }

  @Test func aNewTextUnderTheSameAddressIsAnUpdate() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    var (old, new) = (document("cũ"), document("mới"))
    old.url = "https://x.vn/1"
    new.url = old.url
    let results = try daemon.ingest([old]) + daemon.ingest([new]) + daemon.ingest([new])
    #expect(results.map(\.outcome) == [.added, .updated, .duplicate])
    #expect(Set(results.map(\.articleID)).count == 1)
    let watch = try served.connect().watch(request(from: "start"))
    let seen = try events(watch, 3)
    #expect(seen.map(\.kind) == [.added, .updated, .synced])
    #expect(seen[1].article.revision == 2)
  }

  @Test func aPageThatGoesBackToAnEarlierTextIsAnUpdate() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    var (old, new) = (document("cũ"), document("mới"))
    old.url = "https://x.vn/1"
    new.url = old.url
    let elsewhere = document("cũ")
    func outcomes(_ documents: [Danvan_V1_Document]) throws -> [Danvan_V1_IngestResult.Outcome] {
      try daemon.ingest(documents).map(\.outcome)
    }
    #expect(try outcomes([old, new]) == [.added, .updated])
    #expect(try outcomes([old, new]) == [.duplicate, .duplicate], "sent again")
    #expect(try outcomes([elsewhere]) == [.duplicate], "an earlier text, not of that page")
    #expect(try outcomes([old]) == [.updated])
    #expect(try outcomes([old]) == [.duplicate])
    #expect(try outcomes([new, old]) == [.duplicate, .duplicate], "may be sent again")
    // Its own order decides, also where the last text is the present one.
    var newest = document("mới nhất")
    newest.url = old.url
    #expect(try outcomes([newest, old]) == [.updated, .updated])
    let seen = try events(try served.connect().watch(request(from: "start")), 6)
    #expect(seen.map(\.kind) == [.added, .updated, .updated, .updated, .updated, .synced])
    #expect(Set(seen.dropLast().map(\.articleID)).count == 1)
    #expect(seen[4].article.revision == 5)
  }

  @Test func eventsOfACommitSayThatMoreFollow() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest((1...3).map { document("số \($0)") })
    _ = try daemon.ingest([document("sau")])
    var fetch = Danvan_V1_FetchRequest()
    fetch.maxEvents = 1
    let page = try daemon.fetch(fetch)
    #expect(page.events.map(\.continues) == [true, true, false])
    fetch.from = page.next
    #expect(try daemon.fetch(fetch).events.map(\.continues) == [false])
  }

  @Test func whatIsNoLongerKeptIsAGap() throws {
    var configuration = Configuration()
    configuration.events.keepEvents = 2
    configuration.events.compactSeconds = 1
    let served = try ServedStore(configuration)
    let daemon = try served.connect()
    let first = try daemon.ingest([document("một")])[0].cursor
    for word in ["hai", "ba", "bốn"] { _ = try daemon.ingest([document(word)]) }
    _ = try daemon.createSubscription("cham", query: "", from: first)
    var oldest = ""
    for _ in 0..<200 where oldest.isEmpty || oldest.hasSuffix(".0") {
      Thread.sleep(forTimeInterval: 0.05)
      oldest = try daemon.status().oldestCursor
    }
    #expect(oldest.hasSuffix(".2"))
    let refused = #expect(throws: DaemonError.self) {
      _ = try daemon.watch(request(from: first)).next(timeout: .seconds(20))
    }
    guard case .status(let status) = refused else { return }
    #expect(status.code == 11 && status.bounds?.oldest == oldest)
    #expect(refused?.cursorFault == .compacted)
    #expect(
      throws: DaemonError.self, "only what is gone is a gap",
      performing: {
        var ahead = request(from: first.replacing(/[0-9]+$/, with: "99"))
        ahead.skipGaps = true
        _ = try served.connect().watch(ahead).next(timeout: .seconds(20))
      })
    var skipping = request(from: first)
    skipping.skipGaps = true
    let seen = try events(try served.connect().watch(skipping), 4)
    #expect(seen.map(\.kind) == [.gap, .added, .added, .synced])
    #expect(seen[0].cursor == oldest)
    #expect(try daemon.subscriptions().map(\.cutOff) == [true])
  }

  @Test func aSubscriberHearsThatItLags() throws {
    var configuration = Configuration()
    configuration.events.keepEvents = 10
    configuration.events.compactSeconds = 1
    let served = try ServedStore(configuration)
    let daemon = try served.connect()
    _ = try daemon.createSubscription("cham", query: "", from: "start")
    var named = Danvan_V1_WatchRequest()
    named.subscription = "cham"
    let watch = try served.connect().watch(named)
    #expect(try events(watch, 1).map(\.kind) == [.synced])
    let cursors = try (1...9).map { try daemon.ingest([document("số \($0)")])[0].cursor }
    let seen = try events(watch, 10)
    #expect(seen.count { $0.kind == .added } == 9 && seen.count { $0.kind == .lagging } == 1)
    #expect(try daemon.subscriptions().map(\.atRisk) == [true])
    // Whoever acknowledges then has lost nothing.
    let acknowledged = try daemon.acknowledge("cham", cursor: cursors[8])
    #expect(acknowledged.lag == 0 && !acknowledged.atRisk && !acknowledged.cutOff)
    #expect(try daemon.status().oldestCursor == daemon.hello?.oldestCursor)
  }

  @Test func aSubscriptionBeginsBehindWhatWasAcknowledged() throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    let cursors = try ["một", "hai", "ba"].map { try daemon.ingest([document($0)])[0].cursor }
    let made = try daemon.createSubscription("a", query: "hội", from: "start")
    #expect(made.lag == 3 && !made.hasAcknowledged)
    var watch = Danvan_V1_WatchRequest()
    watch.subscription = "a"
    for acknowledged in 0..<3 {
      let seen = try events(try served.connect().watch(watch), 4 - acknowledged)
      #expect(seen.map(\.cursor).first == cursors[acknowledged])
      #expect(seen.last?.kind == .synced)
      _ = try daemon.acknowledge("a", cursor: cursors[acknowledged])
    }
    #expect(try daemon.acknowledge("a", cursor: cursors[0]).cursor == cursors[2])
    #expect(try daemon.seek("a", to: "start").lag == 3)
    #expect(try daemon.status().subscriptions.map(\.name) == ["a"])
    #expect(code { _ = try daemon.createSubscription("a", query: "", from: "") } == 6)
    #expect(code { _ = try daemon.createSubscription("á", query: "", from: "") } == 3)
    #expect(code { _ = try daemon.createSubscription("b", query: "(", from: "") } == 3)
    #expect(code { _ = try daemon.acknowledge("b", cursor: cursors[0]) } == 5)
    #expect(code { _ = try daemon.acknowledge("a", cursor: "dv1.00000000.1") } == 9)
    #expect(code { _ = try daemon.acknowledge("a", cursor: "x") } == 3)
    try daemon.deleteSubscription("a")
    #expect(code { try daemon.deleteSubscription("a") } == 5)
    let reader = try served.connect(to: served.readSocket)
    #expect(code { _ = try reader.createSubscription("c", query: "", from: "") } == 7)
  }

  @Test(arguments: [("@0", 2), ("@9999999999999", -3), ("@8999999999", 0), ("@1.5", 2), ("@", -3)])
  func aTimeIsAPlaceToo(from: String, count: Int) throws {
    let served = try ServedStore()
    let daemon = try served.connect()
    _ = try daemon.ingest([document("một"), document("hai")])
    var fetch = Danvan_V1_FetchRequest()
    fetch.from = from
    if count < 0 {
      #expect(code { _ = try daemon.fetch(fetch) } == Int32(-count))
    } else {
      #expect(try daemon.fetch(fetch).events.count == count)
    }
  }

  private func code(_ body: () throws -> Void) -> Int32? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DaemonError)?.code
    }
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
