import DanvanModel

/// What a word of the name lexicons is, and how a name goes on after it.
struct NameWord: Sendable {
  enum Kind: UInt8, Sendable {
    case role, prefix, qualifier, body, head, field, trap, stop, outlet, abbreviation
    case placeHead, unit, world, honorific, surname, given, level, plural, credit
    case appointment, namesake, locative, biography, treaty
  }

  /// The class column of a lexicon, as far as the grammar asks for it.
  enum Category: String, Sendable {
    case admin, village, number, site, road, region, country, city, fixed
    case province, district, commune
    case verb, open, plain
    case head, director, rank, academic, diplomacy, state, party, school, press, company, hospital,
      court
    case ministry, front, police, army, unit, central, photo, source, text
    case other
  }

  /// What may come next, or how a name goes on.
  struct Follows: OptionSet, Sendable {
    let rawValue: UInt32
    static let body = Follows(rawValue: 1 << 0)
    static let place = Follows(rawValue: 1 << 1)
    static let level = Follows(rawValue: 1 << 2)
    static let field = Follows(rawValue: 1 << 3)
    static let headed = Follows(rawValue: 1 << 4)
    static let chancery = Follows(rawValue: 1 << 5)
    static let government = Follows(rawValue: 1 << 6)
    static let secretariat = Follows(rawValue: 1 << 7)
    static let embassy = Follows(rawValue: 1 << 8)
    static let board = Follows(rawValue: 1 << 9)
    static let study = Follows(rawValue: 1 << 10)
    static let named = Follows(rawValue: 1 << 11)
    static let name = Follows(rawValue: 1 << 12)
    static let country = Follows(rawValue: 1 << 13)
    static let owner = Follows(rawValue: 1 << 14)
    static let central = Follows(rawValue: 1 << 15)
    static let number = Follows(rawValue: 1 << 16)
    static let region = Follows(rawValue: 1 << 17)
    static let direction = Follows(rawValue: 1 << 18)
    static let foreign = Follows(rawValue: 1 << 19)
    static let party = Follows(rawValue: 1 << 20)
    static let group = Follows(rawValue: 1 << 21)
    static let commune = Follows(rawValue: 1 << 22)
    static let task = Follows(rawValue: 1 << 23)

    private static let names: [String: Follows] = [
      "body": .body, "place": .place, "level": .level, "field": .field, "headed": .headed,
      "chancery": .chancery, "government": .government, "secretariat": .secretariat,
      "embassy": .embassy, "board": .board, "study": .study, "named": .named, "name": .name,
      "country": .country, "owner": .owner, "central": .central, "number": .number,
      "region": .region, "direction": .direction, "foreign": .foreign, "party": .party,
      "group": .group, "commune": .commune, "task": .task, "none": [],
    ]

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Reads a comma-separated list; nil for an unknown word.
    init?(_ list: String) {
      self = []
      for part in list.split(separator: ",") {
        guard let one = Self.names[String(part)] else { return nil }
        formUnion(one)
      }
    }
  }

  /// When the word counts by itself.
  enum Use: String, Sendable {
    case any, capital, complement, caps, never, yes, no, source, plain, ambiguous, strong, weak
    case voter, kin, lone, named
  }

  let kind: Kind
  let category: Category
  let follows: Follows
  let use: Use
  /// How many syllables and marks it has.
  let length: Int
}
