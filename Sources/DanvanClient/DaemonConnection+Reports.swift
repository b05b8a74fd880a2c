public import DanvanMessages
internal import DanvanRPC
internal import SwiftProtobuf

/// Directives, meetings, statements, and counts over many articles.
extension DaemonConnection {
  public func directives(_ request: Danvan_V1_DirectivesRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_DirectivesResponse
  {
    try call("danvan.v1.Directives", "List", request, timeout: timeout)
  }

  /// A directive by its id (`1234.567`), with its history and what may report on it.
  public func directive(_ id: String, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_DirectiveResponse
  {
    try call(
      "danvan.v1.Directives", "Get", Danvan_V1_DirectiveRequest.with { $0.id = id },
      timeout: timeout)
  }

  /// Notes something on a directive; on disk on return.
  public func mark(_ request: Danvan_V1_MarkDirectiveRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_DirectiveResponse
  {
    try call("danvan.v1.Directives", "Mark", request, timeout: timeout)
  }

  public func meetings(_ request: Danvan_V1_MeetingsRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_MeetingsResponse
  {
    try call("danvan.v1.Reports", "Meetings", request, timeout: timeout)
  }

  public func statements(_ request: Danvan_V1_StatementsRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_StatementsResponse
  {
    try call("danvan.v1.Reports", "Statements", request, timeout: timeout)
  }

  /// Articles by topic in a period, beside the period before; empty: the last quarter with articles.
  public func topics(_ period: String = "", timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_TopicsResponse
  {
    try call(
      "danvan.v1.Reports", "Topics", Danvan_V1_TopicsRequest.with { $0.period = period },
      timeout: timeout)
  }

  /// How many articles of each month answer a query.
  public func timeline(_ query: String, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_TimelineResponse
  {
    try call(
      "danvan.v1.Reports", "Timeline", Danvan_V1_TimelineRequest.with { $0.query = query },
      timeout: timeout)
  }

  /// What happened in a period.
  public func brief(_ request: Danvan_V1_BriefRequest, timeout: Duration? = nil)
    throws(DaemonError) -> Danvan_V1_BriefResponse
  {
    try call("danvan.v1.Reports", "Brief", request, timeout: timeout)
  }

  /// What the store holds, in numbers.
  public func stats(timeout: Duration? = nil) throws(DaemonError) -> Danvan_V1_StatsResponse {
    try call("danvan.v1.Reports", "Stats", Danvan_V1_StatsRequest(), timeout: timeout)
  }
}
