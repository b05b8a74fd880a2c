import DanvanMessages

/// A brief as JSON; the names stay as they are.
extension Danvan_V1_BriefResponse {
  var json: JSON {
    .object([
      "first": .string(first), "last": .string(last),
      "before": beforeFirst.isEmpty
        ? nil : .object(["first": .string(beforeFirst), "last": .string(beforeLast)]),
      "totals": totals.json(ofPeriod: true), "totals_before": before.json(ofPeriod: false),
      "days": .array(
        days.map {
          .object([
            "date": .string($0.date), "articles": .integer(Int64($0.articles)),
            "meetings": .integer(Int64($0.meetings)),
          ])
        }),
      "meetings": .array(meetings.map(\.json)),
      "meeting_types": .array(
        meetingTypes.map {
          .object(["type": .string($0.name), "meetings": .integer(Int64(clamping: $0.count))])
        }),
      "issuers": .array(issuers.map(\.json)), "addressees": .array(addressees.map(\.json)),
      "directives": .array(directives.map(\.json)),
      "topics": .array(
        topics.map {
          .object([
            "topic": .string($0.topic), "articles": .integer(Int64($0.articles)),
            "before": .integer(Int64($0.before)),
          ])
        }),
      "changes": .array(changes.map(\.json)), "statements": .array(statements.map(\.json)),
      "outlets": .array(outlets.map(\.json)), "gaps": gaps.json,
    ])
  }
}

extension Danvan_V1_BriefTotals {
  func json(ofPeriod isOfPeriod: Bool) -> JSON {
    .object([
      "articles": .integer(Int64(articles)), "meeting_reports": .integer(Int64(meetingReports)),
      "meetings": isOfPeriod ? .integer(Int64(meetings)) : nil,
      "statements": .integer(Int64(statements)), "directives": .integer(Int64(directives)),
      "outlets": .integer(Int64(outlets)),
    ])
  }
}

extension [Danvan_V1_Weight] {
  /// `{"sum": 7, "reports": 2, "level": 5}`
  var json: JSON {
    .object(
      [JSON.Member(name: "sum", value: .integer(reduce(0) { $0 + Int64($1.points) }))]
        + map { JSON.Member(name: $0.reason, value: .integer(Int64($0.points))) })
  }
}

extension Danvan_V1_BriefMeeting {
  var json: JSON {
    meeting.json.adding(
      .object([
        "agenda": .strings(agenda), "directives": .integer(Int64(directives)),
        "weight": weights.json,
      ]))
  }
}

extension Danvan_V1_DirectiveParty {
  var open: UInt32 {
    UInt32(clamping: Int64(directives) - Int64(done) - Int64(dropped))
  }

  var json: JSON {
    .object([
      "name": .string(name), "directives": .integer(Int64(directives)),
      "open": .integer(Int64(open)), "done": .integer(Int64(done)),
      "dropped": .integer(Int64(dropped)),
    ])
  }
}

extension Danvan_V1_BriefDirective {
  var json: JSON {
    item.json.adding(
      .object([
        "party": .string(party), "articles": .integer(Int64(articles)), "weight": weights.json,
      ]))
  }
}

extension Danvan_V1_BriefStatement {
  var json: JSON {
    item.json.adding(
      .object([
        "post": post.isEmpty ? nil : .string(post), "articles": .integer(Int64(articles)),
        "weight": weights.json,
      ]))
  }
}

extension Danvan_V1_PostChange {
  var json: JSON {
    .object([
      "post": .string(post),
      "holder": holder.json, "since": .string(since), "articles": .integer(Int64(articles)),
      "source": source.json,
      "before": before.json, "until": .string(until),
      "before_articles": .integer(Int64(beforeArticles)), "before_source": beforeSource.json,
      "doubts": .strings(doubts),
    ])
  }
}

extension Danvan_V1_OutletCount {
  var json: JSON {
    .object([
      "outlet": name.isEmpty ? .null : .string(name), "articles": .integer(Int64(articles)),
      "before": .integer(Int64(before)), "days": .integer(Int64(days)),
    ])
  }
}

extension Danvan_V1_BriefGaps {
  var json: JSON {
    func days(_ ranges: [Danvan_V1_DayRange]) -> JSON {
      .array(ranges.map { .object(["first": .string($0.first), "last": .string($0.last)]) })
    }
    return .object([
      "unfinished": .bool(unfinished),
      "days_without_articles": .integer(Int64(daysWithoutArticles)),
      "silences": days(silences), "weeks_without_articles": .strings(weeksWithoutArticles),
      "silent_outlets": .array(silentOutlets.map(\.json)),
      "articles_of_inferred_day": .integer(Int64(articlesOfInferredDay)),
      "articles_without_outlet": .integer(Int64(articlesWithoutOutlet)),
      "copies": .integer(Int64(copies)),
      "articles_without_day": .integer(Int64(clamping: articlesWithoutDay)),
      "meetings_without_chair": .integer(Int64(meetingsWithoutChair)),
      "meetings_without_place": .integer(Int64(meetingsWithoutPlace)),
      "directives_without_addressee": .integer(Int64(directivesWithoutAddressee)),
      "directives_without_time": .integer(Int64(directivesWithoutTime)),
      "directives_unanswered": .integer(Int64(directivesUnanswered)),
      "statements_without_post": .integer(Int64(statementsWithoutPost)),
      "vacant": .array(
        vacant.map {
          .object([
            "post": .string($0.post), "holder": $0.holder.json, "last": .string($0.last),
            "articles": .integer(Int64($0.articles)), "source": $0.source.json,
          ])
        }),
      "shared_posts": .integer(Int64(sharedPosts)),
      "unclear_posts": .integer(Int64(unclearPosts)),
    ])
  }
}
