internal import DanvanModel
internal import DanvanStore

/// The directives of a brief: all of them counted by who gave and received them, the most notable chosen.
///
/// Weight: two points for each article beside the first that has it in the same first words (at most four of
/// those); the level of its issuer, 5 (centre) to 1 (commune); 2 where people noted something on it; 1 for
/// an addressee; 1 for a time. At most six of one issuer are chosen; of equal weight the newer one.
struct BriefDirectives {
  private struct Item {
    var found: BriefGathering.Found<Directive>
    let issuer: String
    let addressee: String?
    var state: DirectiveState
    var articles: Set<ArticleID>
  }
  private var items: [Item] = []
  private var parties = PartyNames()
  private static let mostOfOneIssuer = 6
  /// Directives of one issuer whose first words are the same are one.
  private static let tellingWords = 12
  private static let mostParties = 12

  init(_ gathering: BriefGathering, _ snapshot: Snapshot) throws {
    let marked = try snapshot.markedArticles()
    var marks: [ArticleID: [StoredMark]] = [:]
    var places: [String: Int] = [:]
    for found in gathering.directives {
      let issuer = parties.key(of: found.fact.issuer)
      let words = found.fact.action.lowercased().split(separator: " ").prefix(Self.tellingWords)
      let wording = "\(issuer)\n\(words.joined(separator: " "))"
      if marked.contains(found.article), marks[found.article] == nil {
        marks[found.article] = try snapshot.marks(on: found.article)
      }
      let state = DirectiveState(marks[found.article] ?? [], at: found.fact.range)
      if let place = places[wording] {
        items[place].articles.insert(found.article)
        // Shown as the report on which somebody noted something last.
        if state.changed ?? .min > items[place].state.changed ?? .min {
          (items[place].found, items[place].state) = (found, state)
        }
        continue
      }
      places[wording] = items.count
      items.append(
        Item(
          found: found, issuer: issuer, addressee: found.fact.addressee.map { parties.key(of: $0) },
          state: state, articles: [found.article]))
    }
  }

  var withoutAddressee: Int { items.count { $0.addressee == nil } }
  var withoutTime: Int { items.count { $0.found.fact.time == nil } }
  var unanswered: Int { items.count { $0.state.changed == nil } }

  /// Those who gave most; and, behind them, those who gave one of the chosen.
  func issuers(besides chosen: [BriefDirective]) -> [DirectiveParty] {
    let all = parties { $0.issuer }
    let named = Set(chosen.map(\.party))
    return all.enumerated()
      .filter { $0.offset < Self.mostParties || named.contains($0.element.name) }.map(\.element)
  }

  var addressees: [DirectiveParty] {
    Array(parties { $0.addressee }.prefix(Self.mostParties))
  }

  private func parties(_ key: (Item) -> String?) -> [DirectiveParty] {
    var counts: [String: DirectiveParty] = [:]
    for item in items {
      guard let key = key(item) else { continue }
      var party = counts[key] ?? DirectiveParty(name: parties.name(of: key))
      party.directives += 1
      if item.state.status == "done" { party.done += 1 }
      if item.state.status == "dropped" { party.dropped += 1 }
      counts[key] = party
    }
    return counts.values.sorted { ($1.directives, $0.name) < ($0.directives, $1.name) }
  }

  /// The `limit` of most weight, by issuer, the one who gave most first, then by day.
  func chosen(_ limit: Int, _ reader: DeskReader) throws -> [BriefDirective] {
    var counts: [String: Int] = [:]
    let best = items.heaviest(by: Self.order, Self.weighing).filter { item, _ in
      counts[item.issuer, default: 0] += 1
      return counts[item.issuer, default: 0] <= Self.mostOfOneIssuer
    }.prefix(limit)
    let rank = Dictionary(
      parties { $0.issuer }.enumerated().map { ($0.element.name, $0.offset) }
    ) { first, _ in first }
    let chosen = try best.compactMap { item, weighing -> (BriefDirective, Int, Item)? in
      guard let article = try reader.shelf.article(item.found.article) else { return nil }
      let name = parties.name(of: item.issuer)
      let directive = BriefDirective(
        item: try reader.directive(item.found.fact, in: article), party: name,
        articles: item.articles.count, weighing: weighing)
      return (directive, rank[name] ?? 0, item)
    }
    return chosen.sorted { ($0.1, Self.order($0.2)) < ($1.1, Self.order($1.2)) }.map(\.0)
  }

  private static func weighing(of item: Item) -> Weighing {
    var weighing = Weighing()
    weighing.add(reports: item.articles.count)
    weighing.add(.level, item.found.level?.points ?? 0)
    weighing.add(.noted, item.state.changed == nil ? 0 : 2)
    weighing.add(.addressee, item.addressee == nil ? 0 : 1)
    weighing.add(.time, item.found.fact.time == nil ? 0 : 1)
    return weighing
  }

  private static func order(_ item: Item) -> BriefOrder {
    BriefOrder(
      day: item.found.day?.dayNumber ?? .min, article: item.found.article, place: item.found.number)
  }
}

/// Names that several spellings share, each shown as it is written most often.
struct PartyNames {
  private var names = NameReader(tokenizer: SyllableTokenizer())
  private var spellings: [String: [String: Int]] = [:]

  mutating func key(of text: String) -> String {
    let key = names.name(text)?.canonical ?? text
    spellings[key, default: [:]][text, default: 0] += 1
    return key
  }

  func name(of key: String) -> String {
    spellings[key]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? key
  }
}
