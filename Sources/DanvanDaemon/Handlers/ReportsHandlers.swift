internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import SwiftProtobuf

/// danvan.v1.Reports: meetings, statements and counts over many articles, a period in one report.
struct ReportsHandlers: Sendable {
  let desk: Desk
  let log: Log

  func register(in router: inout Router) {
    let service = "danvan.v1.Reports"
    router.unary(service, "Meetings", on: .pooled, log: log, meetings)
    router.unary(service, "Statements", on: .pooled, log: log, statements)
    router.unary(service, "Topics", on: .pooled, log: log, topics)
    router.unary(service, "Timeline", on: .pooled, log: log, timeline)
    router.unary(service, "Brief", on: .pooled, log: log, brief)
    router.unary(service, "Stats", on: .pooled, log: log, stats)
  }

  @Sendable private func meetings(_ request: Danvan_V1_MeetingsRequest, _ call: Call) throws
    -> Danvan_V1_MeetingsResponse
  {
    var search = MeetingSearch()
    search.period = request.period
    search.chair = request.chair
    search.place = request.place
    search.withBackground = request.withBackground
    search.withIncumbents = request.withIncumbents
    search.limit = Int(request.limit)
    if !request.type.isEmpty {
      guard let kind = Event.Kind(rawValue: request.type.uppercased()) else {
        let names = Event.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw DanvanError.invalid("unknown type '\(request.type.prefix(40))'; there are \(names)")
      }
      search.kind = kind
    }
    let (meetings, reports) = try desk.meetings(search, deadline: call.deadline)
    return .with {
      $0.meetings = meetings.map(Danvan_V1_Meeting.init)
      $0.reports = UInt64(clamping: reports)
    }
  }

  @Sendable private func statements(_ request: Danvan_V1_StatementsRequest, _ call: Call) throws
    -> Danvan_V1_StatementsResponse
  {
    let (items, total) = try desk.statements(
      by: request.by, about: request.about, period: request.period, limit: Int(request.limit),
      withIncumbents: request.withIncumbents, deadline: call.deadline)
    return .with {
      $0.statements = items.map(Danvan_V1_StatementItem.init)
      $0.total = UInt64(clamping: total)
    }
  }

  @Sendable private func topics(_ request: Danvan_V1_TopicsRequest, _ call: Call) throws
    -> Danvan_V1_TopicsResponse
  {
    let (first, last, topics) = try desk.topics(request.period, deadline: call.deadline)
    return .with {
      $0.first = first.description
      $0.last = last.description
      $0.topics = topics.map { topic in
        .with {
          $0.topic = topic.name
          $0.articles = UInt32(clamping: topic.articles)
          $0.before = UInt32(clamping: topic.before)
        }
      }
    }
  }

  @Sendable private func timeline(_ request: Danvan_V1_TimelineRequest, _ call: Call) throws
    -> Danvan_V1_TimelineResponse
  {
    let (months, undated) = try desk.timeline(request.query, deadline: call.deadline)
    return .with {
      $0.months = months.map { month in
        .with {
          $0.month = month.month.description
          $0.articles = UInt32(clamping: month.articles)
        }
      }
      $0.undated = UInt64(clamping: undated)
    }
  }

  @Sendable private func brief(_ request: Danvan_V1_BriefRequest, _ call: Call) throws
    -> Danvan_V1_BriefResponse
  {
    Danvan_V1_BriefResponse(
      try desk.brief(
        request.period, query: request.query, limit: Int(request.limit), deadline: call.deadline))
  }

  @Sendable private func stats(_ request: Danvan_V1_StatsRequest, _ call: Call) throws
    -> Danvan_V1_StatsResponse
  {
    Danvan_V1_StatsResponse(try desk.stats())
  }
}
