internal import DanvanModel
internal import DanvanStore

/// The statements of a brief that are chosen.
///
/// Weight: two points for each article beside the first that has it in the same words (at most four of
/// those); the level of its speaker, 5 (centre) to 1 (commune); 1 for direct speech; 1 where its article
/// gives the speaker a post; 1 where it is
/// about one of the five main topics of the period. Chosen are statements of 60 to 600 bytes, at most two
/// of a speaker and one of an article; of equal weight the newer one.
struct BriefStatements {
  private struct Item {
    let found: BriefGathering.Found<Statement>
    let speaker: String
    var articles: Set<ArticleID>
  }
  private var items: [Item] = []
  private static let lengths = 60...600
  private static let mostOfOneSpeaker = 2

  init(_ gathering: BriefGathering) {
    var names = PartyNames()
    var places: [String: Int] = [:]
    for found in gathering.statements {
      let wording = found.fact.content.lowercased()
      if let place = places[wording] {
        items[place].articles.insert(found.article)
        continue
      }
      places[wording] = items.count
      items.append(
        Item(
          found: found, speaker: names.key(of: found.fact.speaker), articles: [found.article]))
    }
  }

  /// The `limit` of most weight, in the order of their days.
  func chosen(_ limit: Int, _ reader: DeskReader) throws -> [BriefStatement] {
    let weighed = items.filter { Self.lengths.contains($0.found.fact.content.utf8.count) }
      .heaviest(by: Self.order, Self.weighing)
    var speakers: [String: Int] = [:]
    var articles: Set<ArticleID> = []
    let best = weighed.filter { item, _ in
      guard speakers[item.speaker, default: 0] < Self.mostOfOneSpeaker,
        articles.insert(item.found.article).inserted
      else { return false }
      speakers[item.speaker, default: 0] += 1
      return true
    }.prefix(limit)
    return try best.sorted { Self.order($0.0) < Self.order($1.0) }.compactMap { item, weighing in
      guard let article = try reader.shelf.article(item.found.article) else { return nil }
      let fact = item.found.fact
      let position = article.facts?.positions.first { $0.person == fact.speaker }
      return BriefStatement(
        item: try reader.statement(fact, in: article),
        post: position.map { KnownPost.joined($0.role, $0.body) }, articles: item.articles.count,
        weighing: weighing)
    }
  }

  private static func weighing(of item: Item) -> Weighing {
    var weighing = Weighing()
    weighing.add(reports: item.articles.count)
    weighing.add(.level, item.found.level?.points ?? 0)
    weighing.add(.direct, item.found.fact.kind == .direct ? 1 : 0)
    weighing.add(.post, item.found.hasPost ? 1 : 0)
    weighing.add(.topic, item.found.isOnMainTopic ? 1 : 0)
    return weighing
  }

  private static func order(_ item: Item) -> BriefOrder {
    BriefOrder(
      day: item.found.day?.dayNumber ?? .min, article: item.found.article, place: item.found.number)
  }
}
