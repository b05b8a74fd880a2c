internal import DanvanMessages
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf
internal import Synchronization

/// grpc.health.v1.Health: whether the daemon serves, for `dvctl ping` and stock tools.
struct HealthHandlers: Sendable {
  typealias Status = Grpc_Health_V1_HealthCheckResponse.ServingStatus

  let desk: Desk
  /// The names of the other services.
  let services: Set<String>
  let alarms: Alarms
  let log: Log

  func register(in router: inout Router) {
    router.unary("grpc.health.v1.Health", "Check", on: .inline, log: log, check)
    router.serverStream("grpc.health.v1.Health", "Watch", log: log, watch)
  }

  @Sendable private func check(_ request: Grpc_Health_V1_HealthCheckRequest, _ call: Call) throws
    -> Grpc_Health_V1_HealthCheckResponse
  {
    let status = status(of: request.service)
    guard status != .serviceUnknown else {
      throw RPCStatus(.notFound, "no service '\(request.service.prefix(64))'")
    }
    return .with { $0.status = status }
  }

  @Sendable private func watch(
    _ request: Grpc_Health_V1_HealthCheckRequest, _ call: Call, _ handle: StreamHandle
  ) -> any StreamSource {
    HealthSource(handle, alarms) { status(of: request.service) }
  }

  /// A daemon that answers serves: its store is open before its sockets are. Only what writes does
  /// not when the disk has failed.
  private func status(of service: String) -> Status {
    guard service.isEmpty || services.contains(service) else { return .serviceUnknown }
    return service == "danvan.v1.Corpus" && desk.writeFailure != nil ? .notServing : .serving
  }
}

/// A service's status now, and again whenever it is another one.
final class HealthSource: StreamSource {
  /// Nothing tells of a change, so it is looked for.
  private static let period: Duration = .seconds(1)

  private struct State {
    var told: HealthHandlers.Status?
    var alarm: Alarms.Alarm?
    var isClosed = false
  }

  private let handle: StreamHandle
  private let alarms: Alarms
  private let status: @Sendable () -> HealthHandlers.Status
  private let state = Mutex(State())

  init(
    _ handle: StreamHandle, _ alarms: Alarms,
    status: @escaping @Sendable () -> HealthHandlers.Status
  ) {
    self.handle = handle
    self.alarms = alarms
    self.status = status
  }

  func next() throws -> StreamStep {
    let now = status()
    let isNews = state.withLock { state in
      defer { state.told = now }
      return state.told != now
    }
    if isNews {
      let message = Grpc_Health_V1_HealthCheckResponse.with { $0.status = now }
      return .messages([try message.serializedBytes()])
    }
    state.withLock { state in
      guard !state.isClosed else { return }
      state.alarm = alarms.after(Self.period) { [handle] in handle.wake() }
    }
    return .idle
  }

  func closed() {
    state.withLock { state in
      state.alarm?.cancel()
      state.isClosed = true
    }
  }
}
