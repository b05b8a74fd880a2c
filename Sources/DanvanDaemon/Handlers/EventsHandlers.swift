internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf

/// danvan.v1.Events: the event log, by long poll and as a stream.
struct EventsHandlers: Sendable {
  let desk: Desk
  let bounds: LogBounds
  let settings: Configuration.Events
  /// For long polls, whose reads may take their time, and for marks, which are quick.
  let polls: Alarms
  let marks: Alarms
  let farewell: Farewell
  let keeper: RetentionKeeper
  let log: Log

  private var surroundings: WatchSource.Surroundings {
    WatchSource.Surroundings(
      marks: marks, progress: .seconds(settings.progressSeconds), farewell: farewell,
      keeper: keeper)
  }

  func register(in router: inout Router) {
    router.deferred("danvan.v1.Events", "Fetch", fetch)
    router.serverStream("danvan.v1.Events", "Watch", watch)
  }

  @Sendable private func fetch(_ call: Call, _ reply: Reply) {
    do {
      let request = try Danvan_V1_FetchRequest(decoding: call)
      guard request.maxEvents <= Self.greatestBatch else {
        throw DanvanError.invalid("max_events \(request.maxEvents) is over \(Self.greatestBatch)")
      }
      guard request.waitNano >= 0 else { throw DanvanError.invalid("wait_nano is negative") }
      let view = try EventView(
        desk, Danvan_V1_WatchRequest(request),
        limit: request.maxEvents == 0 ? settings.batch : Int(request.maxEvents), call)
      let wait = min(
        .nanoseconds(request.waitNano), Duration.seconds(settings.fetchWaitSeconds))
      let poll = LongPoll(view, call: call, thread: polls, bounds: bounds) { result in
        reply.send(result.mapError { bounds.status(of: $0, call, log) })
      }
      poll.start(wait: wait)
    } catch {
      reply.send(.failure(bounds.status(of: error, call, log)))
    }
  }

  @Sendable private func watch(_ call: Call, _ handle: StreamHandle) throws -> any StreamSource {
    do {
      let request = try Danvan_V1_WatchRequest(decoding: call)
      let view = try EventView(desk, request, limit: settings.batch, call)
      return try WatchSource(
        view, skipsGaps: request.skipGaps, handle: handle, surroundings: surroundings
      ) { bounds.status(of: $0, call, log) }
    } catch {
      throw bounds.status(of: error, call, log)
    }
  }

  static let greatestBatch = 1_000
}

extension Danvan_V1_WatchRequest {
  /// The watch that sees what the fetch sees.
  fileprivate init(_ fetch: Danvan_V1_FetchRequest) {
    self.init()
    query = fetch.query
    from = fetch.from
    withFacts = fetch.withFacts
    withText = fetch.withText
    subscription = fetch.subscription
  }
}
