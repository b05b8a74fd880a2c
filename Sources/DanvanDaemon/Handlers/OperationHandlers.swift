internal import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// danvan.v1.Operation: what the daemon measures of itself, and how it was told to run.
struct OperationHandlers: Sendable {
  let metrics: Metrics
  let settings: SettingsInUse
  let log: Log

  func register(in router: inout Router) {
    router.unary("danvan.v1.Operation", "Metrics", on: .pooled, log: log, measure)
    router.unary("danvan.v1.Operation", "Settings", on: .inline, log: log, show)
  }

  @Sendable private func measure(_ request: Danvan_V1_MetricsRequest, _ call: Call) throws
    -> Danvan_V1_MetricsResponse
  {
    let text = MetricsText.openMetrics.of(try metrics.families())
    return .with { $0.text = text }
  }

  @Sendable private func show(_ request: Danvan_V1_SettingsRequest, _ call: Call)
    -> Danvan_V1_SettingsResponse
  {
    .with {
      $0.settings = settings.all.map { setting in
        .with {
          $0.name = setting.name
          $0.value = setting.value
          $0.origin = setting.origin
        }
      }
    }
  }
}
