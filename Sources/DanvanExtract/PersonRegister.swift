import DanvanModel
import DanvanText

/// Who is who in an article: each mention of a person and the fullest name that it belongs to.
struct PersonRegister {
  private struct Person {
    let keys: [UInt64]
    var name: String
    var isShouted: Bool
  }
  private var persons: [Person] = []
  /// Person of each mention, by the mention's first token.
  private var byStart: [Int: Int] = [:]

  init(_ finds: [NameFind], _ grammar: NameGrammar) {
    let scan = grammar.scan
    let mentions = finds.filter { $0.kind == .person }
    func keys(_ find: NameFind) -> [UInt64] {
      find.tokens.filter(grammar.isWord).map { scan.tokens[$0].key }
    }
    // Full names first, in order of length, so that a short form finds its owner wherever it stands.
    var firstUse: [Int: [Int]] = [:]
    for find in mentions where keys(find).count >= 2 {
      let keys = keys(find)
      let isShouted = find.tokens.allSatisfy { !grammar.isWord($0) || grammar.isUpper($0) }
      if let known = persons.firstIndex(where: { $0.keys == keys }) {
        if persons[known].isShouted, !isShouted {
          persons[known].name = scan.string(find.tokens)
          persons[known].isShouted = false
        }
        firstUse[known, default: []].append(find.tokens.lowerBound)
      } else {
        firstUse[persons.count] = [find.tokens.lowerBound]
        persons.append(
          Person(keys: keys, name: scan.string(find.tokens), isShouted: isShouted))
      }
    }
    for find in mentions {
      let keys = keys(find)
      let place = find.tokens.lowerBound
      let owner =
        Self.owner(of: keys, at: place, among: persons, uses: firstUse)
        ?? Self.variantOwner(of: scan.string(find.tokens), among: persons)
      if let owner {
        byStart[place] = owner
      } else {
        byStart[place] = persons.count
        persons.append(Person(keys: keys, name: scan.string(find.tokens), isShouted: false))
      }
    }
  }

  /// The person whose name ends with (or, failing that, begins with) the keys: of several, the one
  /// named last before the place, else the first after it.
  private static func owner(
    of keys: [UInt64], at place: Int, among persons: [Person], uses: [Int: [Int]]
  ) -> Int? {
    func fits(_ person: Person, _ isSuffix: Bool) -> Bool {
      guard person.keys.count >= keys.count else { return false }
      return isSuffix ? person.keys.suffix(keys.count) == keys[...] : person.keys.starts(with: keys)
    }
    for isSuffix in [true, false] {
      var best: (person: Int, distance: Int, length: Int)?
      for (number, person) in persons.enumerated() where fits(person, isSuffix) {
        let isExact = person.keys.count == keys.count
        for use in uses[number] ?? [] {
          let distance = use <= place ? place - use : 1_000_000 + use
          // A two-syllable form may itself be short for a fuller name: prefer the fuller one.
          let isLonger = person.keys.count > (best?.length ?? 0)
          if best == nil || !isExact && isLonger && (best?.length ?? 0) == keys.count
            || distance < best?.distance ?? Int.max && person.keys.count >= best?.length ?? 0
          {
            best = (number, distance, person.keys.count)
          }
        }
      }
      if let best { return best.person }
    }
    return nil
  }

  /// A short form with a slip in its marks (`bà Thùy` for Trịnh Thị Thủy): the one person whose
  /// last syllable is the same without marks.
  private static func variantOwner(of name: String, among persons: [Person]) -> Int? {
    guard !name.utf8.contains(0x20) else { return nil }
    let plain = plainForm(name)
    let fitting = persons.indices.filter {
      plainForm(persons[$0].name).split(separator: " ").last.map(String.init) == plain
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// Which person the mention is of.
  func person(at tokens: Range<Int>) -> Int? { byStart[tokens.lowerBound] }

  func name(of tokens: Range<Int>) -> String? { person(at: tokens).map(name) }

  /// The fullest form of the person's name.
  func name(_ person: Int) -> String {
    persons.indices.contains(person) ? persons[person].name : ""
  }
}
