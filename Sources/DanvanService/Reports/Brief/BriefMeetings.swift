internal import DanvanModel
internal import DanvanStore

/// The meetings of a brief: all of them counted, the most notable chosen.
///
/// Weight: two points for each article beside the first that reports it (at most four of those); the level
/// of its chair, 5 (centre) to 1 (commune); 1 where a chair is named; 1 where directives stand in its
/// reports. Of equal weight the earlier one, then the one with the older article. Of meetings that one
/// article tells of one day and chair only the heaviest is chosen.
struct BriefMeetings {
  private let meetings: [Meeting]
  private let reports: [ReportPlace: BriefGathering.MeetingReport]

  private struct ReportPlace: Hashable {
    let article: ArticleID
    let start: Int
  }

  init(_ gathering: BriefGathering) {
    var grouping = MeetingGrouping()
    for report in gathering.reports { grouping.add(report.fact, report.source, day: report.day) }
    meetings = grouping.meetings()
    reports = Dictionary(
      gathering.reports.map {
        (ReportPlace(article: $0.source.article, start: $0.source.range.start), $0)
      }
    ) { first, _ in first }
  }

  var count: Int { meetings.count }
  var days: [PartialDate] { meetings.compactMap(\.day) }
  var withoutChair: Int { meetings.count { $0.chairs.isEmpty } }
  var withoutPlace: Int { meetings.count { $0.place == nil } }

  var kinds: [(kind: Event.Kind, meetings: Int)] {
    Dictionary(grouping: meetings, by: \.kind)
      .map { ($0.key, $0.value.count) }
      .sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
  }

  /// The `limit` of most weight, in the order of their days.
  func chosen(_ limit: Int, _ reader: DeskReader) throws -> [BriefMeeting] {
    var told: Set<[String]> = []
    let best = meetings.heaviest(earliest: true, by: Self.order, weighing).filter { meeting, _ in
      let source = meeting.sources.first.map { "\($0.article)" } ?? ""
      return told.insert([source, meeting.day?.description ?? ""] + meeting.chairs).inserted
    }.prefix(limit)
    return try best.sorted { Self.order($0.0) < Self.order($1.0) }.map { meeting, weighing in
      let parts = reports(of: meeting)
      var meeting = meeting
      meeting.incumbents = try reader.incumbents(of: meeting)
      var articles: Set<ArticleID> = []
      meeting.sources = try meeting.sources.filter { articles.insert($0.article).inserted }
        .map { try reader.shelf.told($0) }
      var seen: Set<String> = []
      return BriefMeeting(
        meeting: meeting,
        agenda: parts.flatMap(\.agenda).filter { seen.insert($0.lowercased()).inserted },
        directives: parts.map(\.directives).max() ?? 0, weighing: weighing)
    }
  }

  private func reports(of meeting: Meeting) -> [BriefGathering.MeetingReport] {
    meeting.sources.compactMap {
      reports[ReportPlace(article: $0.article, start: $0.range.start)]
    }
  }

  private func weighing(of meeting: Meeting) -> Weighing {
    let parts = reports(of: meeting)
    var weighing = Weighing()
    weighing.add(reports: Set(meeting.sources.map(\.article)).count)
    weighing.add(.level, parts.compactMap(\.level).min()?.points ?? 0)
    weighing.add(.chair, meeting.chairs.isEmpty ? 0 : 1)
    weighing.add(.directives, parts.contains { $0.directives > 0 } ? 1 : 0)
    return weighing
  }

  private static func order(_ meeting: Meeting) -> BriefOrder {
    let source = meeting.sources.first
    return BriefOrder(
      day: meeting.day?.dayNumber ?? .max, article: source?.article ?? ArticleID(0),
      place: source?.range.start ?? 0)
  }
}

extension ArticleShelf {
  /// The source with its sentence.
  func told(_ source: FactSource) throws -> FactSource {
    guard let article = try article(source.article) else { return source }
    return self.source(article, source.range, source.evidence)
  }
}
