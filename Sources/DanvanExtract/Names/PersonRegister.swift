import DanvanModel
import DanvanText

/// Who is who in an article: each mention of a person and the fullest name that it belongs to.
struct PersonRegister {
  private struct Person {
    let keys: [UInt64]
    var name: String
    var isShouted: Bool
    /// The first tokens of its full mentions, rising.
    var uses: [Int]
  }
  private var persons: [Person] = []
  /// Persons by the last and by the first syllable of the full name.
  private var byLast: [UInt64: [Int]] = [:]
  private var byFirst: [UInt64: [Int]] = [:]
  /// Person of each mention, by the mention's first token.
  private var byStart: [Int: Int] = [:]

  init(_ finds: [NameFind], _ grammar: NameGrammar) {
    let scan = grammar.scan
    let mentions = finds.filter { $0.kind == .person }.map { find in
      (
        place: find.tokens.lowerBound, name: scan.string(find.tokens),
        keys: find.tokens.filter(grammar.isWord).map { scan.tokens[$0].key },
        isShouted: find.tokens.allSatisfy { !grammar.isWord($0) || grammar.isUpper($0) }
      )
    }
    // Full names first, so that a short form finds its owner wherever it stands.
    var known: [[UInt64]: Int] = [:]
    for mention in mentions where mention.keys.count >= 2 {
      if let person = known[mention.keys] {
        persons[person].uses.append(mention.place)
        if persons[person].isShouted, !mention.isShouted {
          persons[person].name = mention.name
          persons[person].isShouted = false
        }
      } else {
        known[mention.keys] = persons.count
        add(
          Person(
            keys: mention.keys, name: mention.name, isShouted: mention.isShouted,
            uses: [mention.place]))
      }
    }
    let lastSyllables = plainLastSyllables()
    for mention in mentions {
      if let owner = owner(of: mention.keys, at: mention.place)
        ?? Self.variantOwner(of: mention.name, among: lastSyllables)
      {
        byStart[mention.place] = owner
      } else {
        byStart[mention.place] = persons.count
        add(
          Person(
            keys: mention.keys, name: mention.name, isShouted: false, uses: [mention.place]))
      }
    }
  }

  private mutating func add(_ person: Person) {
    if let first = person.keys.first, let last = person.keys.last {
      byLast[last, default: []].append(persons.count)
      byFirst[first, default: []].append(persons.count)
    }
    persons.append(person)
  }

  /// The person whose name ends with (or, failing that, begins with) the keys: the fullest such
  /// name; of several, the one named last before the place, else the first after it.
  private func owner(of keys: [UInt64], at place: Int) -> Int? {
    guard let first = keys.first, let last = keys.last else { return nil }
    let candidates = [
      (byLast[last] ?? []).filter { persons[$0].keys.suffix(keys.count).elementsEqual(keys) },
      (byFirst[first] ?? []).filter { persons[$0].keys.starts(with: keys) },
    ]
    for fitting in candidates where !fitting.isEmpty {
      // A two-syllable form may itself be short for a fuller name.
      let fuller = fitting.filter { persons[$0].keys.count > keys.count }
      return (fuller.isEmpty ? fitting : fuller).min {
        distance(from: place, to: $0) < distance(from: place, to: $1)
      }
    }
    return nil
  }

  /// Tokens back to the last full mention, or far more than that on to the first.
  private func distance(from place: Int, to person: Int) -> Int {
    let uses = persons[person].uses
    var low = 0
    var high = uses.count
    while low < high {
      let middle = (low + high) / 2
      if uses[middle] <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? place - uses[low - 1] : Int(Int32.max) + (uses.first ?? 0)
  }

  private func plainLastSyllables() -> [String: [Int]] {
    var result: [String: [Int]] = [:]
    for (number, person) in persons.enumerated() {
      guard let last = plainForm(person.name).split(separator: " ").last else { continue }
      result[String(last), default: []].append(number)
    }
    return result
  }

  /// A short form with a slip in its marks (`bà Thùy` for Trịnh Thị Thủy): the one person whose
  /// last syllable is the same without marks.
  private static func variantOwner(of name: String, among persons: [String: [Int]]) -> Int? {
    guard !name.utf8.contains(0x20), let fitting = persons[plainForm(name)], fitting.count == 1
    else { return nil }
    return fitting[0]
  }

  /// Which person the mention is of.
  func person(at tokens: Range<Int>) -> Int? { byStart[tokens.lowerBound] }

  func name(of tokens: Range<Int>) -> String? { person(at: tokens).map(name) }

  /// The fullest form of the person's name.
  func name(_ person: Int) -> String {
    persons.indices.contains(person) ? persons[person].name : ""
  }
}
