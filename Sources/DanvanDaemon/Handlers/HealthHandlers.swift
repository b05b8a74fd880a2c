internal import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// grpc.health.v1.Health: whether the daemon serves, for `dvctl ping` and stock tools.
struct HealthHandlers: Sendable {
  /// The names of the other services.
  let services: Set<String>
  let log: Log

  func register(in router: inout Router) {
    router.unary("grpc.health.v1.Health", "Check", on: .inline, log: log, check)
  }

  /// A daemon that answers serves: its store is open before its sockets are.
  @Sendable private func check(_ request: Grpc_Health_V1_HealthCheckRequest, _ call: Call) throws
    -> Grpc_Health_V1_HealthCheckResponse
  {
    guard request.service.isEmpty || services.contains(request.service) else {
      throw RPCStatus(.notFound, "no service '\(request.service.prefix(64))'")
    }
    return .with { $0.status = .serving }
  }
}
