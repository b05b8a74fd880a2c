import DanvanMessages
import DanvanModel

extension BriefPage {
  private static let mostTopics = 14
  private static let mostOutlets = 14
  private static let mostNames = 12

  func topics() throws -> JSON {
    let topics = answer.topics.filter { $0.articles > 0 }
    let most = Double(max(1, topics.map { max($0.articles, $0.before) }.max() ?? 1))
    return .object([
      "any": .bool(!topics.isEmpty), "has_before": .bool(!answer.beforeFirst.isEmpty),
      "items": .array(
        topics.prefix(Self.mostTopics).map { topic in
          .object([
            "name": .string(topic.topic), "articles": .string(words.count(topic.articles)),
            "before": .string(words.count(topic.before)),
            "change": .string(Self.change(topic.articles, topic.before)),
            "rises": .bool(topic.articles > topic.before),
            "falls": .bool(topic.articles < topic.before),
            "width": .string((Double(topic.articles) * 100 / most).percent),
            "before_width": .string((Double(topic.before) * 100 / most).percent),
          ])
        }),
    ])
  }

  func outlets() throws -> JSON {
    let shown = answer.outlets.prefix(Self.mostOutlets)
    let rest = answer.outlets.dropFirst(Self.mostOutlets)
    let most = Double(max(1, answer.outlets.map(\.articles).max() ?? 1))
    let more = try words(
      "outlets_more",
      [
        "n": words.count(rest.count),
        "articles": words.count(rest.reduce(UInt64(0)) { $0 + UInt64($1.articles) }),
      ])
    return .object([
      "any": .bool(!answer.outlets.isEmpty),
      "items": .array(
        try shown.map { outlet in
          .object([
            "name": .string(
              outlet.name.isEmpty ? try words("outlet_unknown") : outlet.name.oneLine),
            "known": .bool(!outlet.name.isEmpty),
            "articles": .string(words.count(outlet.articles)),
            "before": .string(words.count(outlet.before)),
            "days": .string(words.count(outlet.days)),
            "width": .string((Double(outlet.articles) * 100 / most).percent),
          ])
        }),
      "more": .string(rest.isEmpty ? "" : more),
    ])
  }

  /// Only what is missing has a line.
  func gaps() throws -> JSON {
    let gaps = answer.gaps
    func n(_ number: some BinaryInteger) -> String { words.count(number) }
    let lost = answer.topics.filter { $0.articles == 0 }.map(\.topic)
    let silences = try gaps.silences.map { silence in
      let isOneYear = silence.first.prefix(4) == silence.last.prefix(4)
      let first = try isOneYear ? words.dayAndMonth(silence.first) : words.date(silence.first)
      return "\(first) – \(try words.date(silence.last))"
    }
    let lines: [(shown: Bool, text: String)] = [
      (
        gaps.daysWithoutArticles > 0,
        try words("gap_days", ["n": n(gaps.daysWithoutArticles), "all": n(length)])
      ),
      (!silences.isEmpty, try words("gap_silences", ["list": silences.joined(separator: "; ")])),
      (
        !gaps.weeksWithoutArticles.isEmpty,
        try words(
          "gap_weeks", ["list": list(try gaps.weeksWithoutArticles.map { try words.date($0) })])
      ),
      (
        !gaps.silentOutlets.isEmpty,
        try words("gap_outlets", ["list": list(gaps.silentOutlets.map(\.name))])
      ),
      (!lost.isEmpty, try words("gap_topics", ["list": list(lost)])),
      (
        gaps.articlesWithoutDay > 0,
        try words("gap_without_day", ["n": n(gaps.articlesWithoutDay)])
      ),
      (
        gaps.articlesOfInferredDay > 0,
        try words("gap_inferred_day", ["n": n(gaps.articlesOfInferredDay)])
      ),
      (
        gaps.articlesWithoutOutlet > 0,
        try words("gap_without_outlet", ["n": n(gaps.articlesWithoutOutlet)])
      ),
      (gaps.copies > 0, try words("gap_copies", ["n": n(gaps.copies)])),
      (
        gaps.meetingsWithoutChair > 0 || gaps.meetingsWithoutPlace > 0,
        try words(
          "gap_chair", ["n": n(gaps.meetingsWithoutChair), "m": n(gaps.meetingsWithoutPlace)])
      ),
      (
        answer.totals.directives > 0,
        try words(
          "gap_directives",
          [
            "n": n(gaps.directivesWithoutAddressee), "m": n(gaps.directivesWithoutTime),
            "k": n(gaps.directivesUnanswered),
          ])
      ),
      (
        gaps.statementsWithoutPost > 0,
        try words("gap_statements", ["n": n(gaps.statementsWithoutPost)])
      ),
      (
        gaps.sharedPosts > 0 || gaps.unclearPosts > 0,
        try words("gap_posts", ["n": n(gaps.sharedPosts), "m": n(gaps.unclearPosts)])
      ),
    ]
    return .object([
      "lines": .array(lines.filter(\.shown).map { .object(["text": .string($0.text)]) }),
      "any_vacant": .bool(!gaps.vacant.isEmpty),
      "vacant": .array(
        try gaps.vacant.map { post in
          .object([
            "post": .string(post.post.oneLine),
            "last": .string(
              try words(
                "vacant_last",
                ["name": post.holder.name.oneLine, "day": try words.date(post.last)])),
            "source": try source(post.source),
          ])
        }),
    ])
  }

  private var length: Int {
    guard let first = PartialDate(answer.first), let last = PartialDate(answer.last) else {
      return 0
    }
    return Int(last.dayNumber - first.dayNumber) + 1
  }

  private func list(_ names: [String]) -> String {
    let rest = names.count - Self.mostNames
    return
      (names.prefix(Self.mostNames).map(\.oneLine) + (rest > 0 ? ["… +\(words.count(rest))"] : []))
      .joined(separator: "; ")
  }
}
