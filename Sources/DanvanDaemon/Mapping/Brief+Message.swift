internal import DanvanMessages
internal import DanvanModel
internal import DanvanService
internal import SwiftProtobuf

extension Danvan_V1_BriefResponse {
  init(_ brief: Brief) {
    self.init()
    first = brief.first.description
    last = brief.last.description
    beforeFirst = brief.before?.first.description ?? ""
    beforeLast = brief.before?.last.description ?? ""
    totals = Danvan_V1_BriefTotals(brief.totals)
    before = Danvan_V1_BriefTotals(brief.totalsBefore)
    days = brief.days.map { day in
      .with {
        $0.date = day.day.description
        $0.articles = UInt32(clamping: day.articles)
        $0.meetings = UInt32(clamping: day.meetings)
      }
    }
    meetings = brief.meetings.map { item in
      .with {
        $0.meeting = Danvan_V1_Meeting(item.meeting)
        $0.agenda = item.agenda
        $0.directives = UInt32(clamping: item.directives)
        $0.weights = Danvan_V1_Weight.list(item.weighing)
      }
    }
    meetingTypes = brief.meetingKinds.map { Danvan_V1_NamedCount($0.kind.rawValue, $0.meetings) }
    issuers = brief.issuers.map(Danvan_V1_DirectiveParty.init)
    addressees = brief.addressees.map(Danvan_V1_DirectiveParty.init)
    directives = brief.directives.map { item in
      .with {
        $0.item = Danvan_V1_DirectiveItem(item.item)
        $0.party = item.party
        $0.articles = UInt32(clamping: item.articles)
        $0.weights = Danvan_V1_Weight.list(item.weighing)
      }
    }
    topics = brief.topics.map { topic in
      .with {
        $0.topic = topic.name
        $0.articles = UInt32(clamping: topic.articles)
        $0.before = UInt32(clamping: topic.before)
      }
    }
    changes = brief.changes.map(Danvan_V1_PostChange.init)
    statements = brief.statements.map { item in
      .with {
        $0.item = Danvan_V1_StatementItem(item.item)
        $0.post = item.post ?? ""
        $0.articles = UInt32(clamping: item.articles)
        $0.weights = Danvan_V1_Weight.list(item.weighing)
      }
    }
    outlets = brief.outlets.map(Danvan_V1_OutletCount.init)
    gaps = Danvan_V1_BriefGaps(brief.gaps)
  }
}

extension Danvan_V1_BriefTotals {
  fileprivate init(_ totals: BriefTotals) {
    self.init()
    articles = UInt32(clamping: totals.articles)
    meetingReports = UInt32(clamping: totals.meetingReports)
    meetings = UInt32(clamping: totals.meetings)
    statements = UInt32(clamping: totals.statements)
    directives = UInt32(clamping: totals.directives)
    outlets = UInt32(clamping: totals.outlets)
  }
}

extension Danvan_V1_Weight {
  fileprivate static func list(_ weighing: Weighing) -> [Danvan_V1_Weight] {
    weighing.points.map { point in
      .with {
        $0.reason = point.reason.rawValue
        $0.points = UInt32(clamping: point.points)
      }
    }
  }
}

extension Danvan_V1_DirectiveParty {
  fileprivate init(_ party: DirectiveParty) {
    self.init()
    name = party.name
    directives = UInt32(clamping: party.directives)
    done = UInt32(clamping: party.done)
    dropped = UInt32(clamping: party.dropped)
  }
}

extension Danvan_V1_PostChange {
  fileprivate init(_ change: PostChange) {
    self.init()
    post = change.post
    holder = Danvan_V1_EntityName(change.holder.person)
    since = change.holder.day.description
    articles = UInt32(clamping: change.holder.articles)
    source = Danvan_V1_Source(change.holder.source)
    before = Danvan_V1_EntityName(change.before.person)
    until = change.before.day.description
    beforeArticles = UInt32(clamping: change.before.articles)
    beforeSource = Danvan_V1_Source(change.before.source)
    doubts = change.doubts.map(\.rawValue)
  }
}

extension Danvan_V1_OutletCount {
  fileprivate init(_ outlet: OutletCount) {
    self.init()
    name = outlet.name
    articles = UInt32(clamping: outlet.articles)
    before = UInt32(clamping: outlet.before)
    days = UInt32(clamping: outlet.days)
  }
}

extension Danvan_V1_BriefGaps {
  fileprivate init(_ gaps: BriefGaps) {
    self.init()
    daysWithoutArticles = UInt32(clamping: gaps.daysWithoutArticles)
    silences = gaps.silences.map { silence in
      .with {
        $0.first = silence.first.description
        $0.last = silence.last.description
      }
    }
    weeksWithoutArticles = gaps.weeksWithoutArticles.map(\.description)
    silentOutlets = gaps.silentOutlets.map(Danvan_V1_OutletCount.init)
    articlesOfInferredDay = UInt32(clamping: gaps.articlesOfInferredDay)
    articlesWithoutOutlet = UInt32(clamping: gaps.articlesWithoutOutlet)
    copies = UInt32(clamping: gaps.copies)
    articlesWithoutDay = UInt64(clamping: gaps.articlesWithoutDay)
    meetingsWithoutChair = UInt32(clamping: gaps.meetingsWithoutChair)
    meetingsWithoutPlace = UInt32(clamping: gaps.meetingsWithoutPlace)
    directivesWithoutAddressee = UInt32(clamping: gaps.directivesWithoutAddressee)
    directivesWithoutTime = UInt32(clamping: gaps.directivesWithoutTime)
    directivesUnanswered = UInt32(clamping: gaps.directivesUnanswered)
    statementsWithoutPost = UInt32(clamping: gaps.statementsWithoutPost)
    vacant = gaps.vacant.map { post in
      .with {
        $0.post = post.post
        $0.holder = Danvan_V1_EntityName(post.holder)
        $0.last = post.last.description
        $0.articles = UInt32(clamping: post.articles)
        $0.source = Danvan_V1_Source(post.source)
      }
    }
    sharedPosts = UInt32(clamping: gaps.sharedPosts)
    unclearPosts = UInt32(clamping: gaps.unclearPosts)
    unfinished = gaps.isUnfinished
  }
}
