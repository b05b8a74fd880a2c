public import DanvanMessages

/// How the daemon runs.
extension DaemonConnection {
  /// OpenMetrics text.
  public func metrics(timeout: Duration? = nil) throws(DaemonError) -> String {
    let answer: Danvan_V1_MetricsResponse = try call(
      "danvan.v1.Operation", "Metrics", Danvan_V1_MetricsRequest(), timeout: timeout)
    return answer.text
  }

  /// Every key of the configuration as it is in use.
  public func settings(timeout: Duration? = nil) throws(DaemonError) -> [Danvan_V1_Setting] {
    let answer: Danvan_V1_SettingsResponse = try call(
      "danvan.v1.Operation", "Settings", Danvan_V1_SettingsRequest(), timeout: timeout)
    return answer.settings
  }
}
