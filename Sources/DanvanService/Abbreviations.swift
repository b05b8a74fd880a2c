internal import DanvanExtract
internal import DanvanModel

/// The abbreviations of the rule set as index terms, both ways.
struct Abbreviations: Sendable {
  struct Entry: Sendable {
    let short: String
    let long: String
    let shortTerms: [[UInt8]]
    let longTerms: [[UInt8]]
  }
  private var entries: [Entry] = []
  private var byFirst: [[UInt8]: [Int]] = [:]
  private let tokenizer: any SearchTokenizer

  init(_ rules: RuleSet, tokenizer: any SearchTokenizer) {
    self.init(rules.abbreviations.map { ($0.short, $0.long) }, tokenizer: tokenizer)
  }

  /// What wordings of posts and bodies differ by: the abbreviations, and the short forms of levels.
  static func ofPosts(_ rules: RuleSet, tokenizer: any SearchTokenizer) -> Abbreviations {
    let all = rules.abbreviations + rules.levelAbbreviations
    return Abbreviations(all.map { ($0.short, $0.long) }, tokenizer: tokenizer)
  }

  init(_ pairs: [(short: String, long: String)], tokenizer: any SearchTokenizer) {
    self.tokenizer = tokenizer
    for (short, long) in pairs {
      let terms = [short, long].map { tokenizer.places(of: $0).compactMap(\.first) }
      guard let shortFirst = terms[0].first, let longFirst = terms[1].first else { continue }
      entries.append(Entry(short: short, long: long, shortTerms: terms[0], longTerms: terms[1]))
      for first in Set([shortFirst, longFirst]) {
        byFirst[tokenizer.plain(first), default: []].append(entries.count - 1)
      }
    }
  }

  /// A form of an abbreviation found among a query's terms, and the other forms of it.
  struct Match {
    let count: Int
    let others: [[[UInt8]]]
    /// As a person writes them.
    let written: String
    let otherWritten: String
  }

  /// The longest form, short or long, that begins at `start`. A term without marks stands for every
  /// toned one, as anywhere in a query.
  func match(in terms: [[UInt8]], at start: Int) -> Match? {
    guard terms.indices.contains(start) else { return nil }
    var best: (count: Int, isShort: Bool, entries: [Entry])?
    for index in byFirst[tokenizer.plain(terms[start])] ?? [] {
      let entry = entries[index]
      for (form, isShort) in [(entry.shortTerms, true), (entry.longTerms, false)]
      where form.count >= (best?.count ?? 1) && reads(form, terms, start) {
        if best?.count == form.count, best?.isShort == isShort {
          best?.entries.append(entry)
        } else {
          best = (form.count, isShort, [entry])
        }
      }
    }
    guard let best, let first = best.entries.first else { return nil }
    return Match(
      count: best.count, others: best.entries.map { best.isShort ? $0.longTerms : $0.shortTerms },
      written: best.isShort ? first.short : first.long,
      otherWritten: best.entries.map { best.isShort ? $0.long : $0.short }
        .joined(separator: ", "))
  }

  /// What the abbreviation that begins at `start`, typed with its marks, stands for, and how many terms
  /// it has; nil where none does, or one with several readings.
  func longForm(in terms: [[UInt8]], at start: Int) -> (terms: [[UInt8]], count: Int)? {
    let found = (byFirst[tokenizer.plain(terms[start])] ?? []).map { entries[$0] }.filter {
      terms[start...].starts(with: $0.shortTerms)
    }
    guard let longest = found.map(\.shortTerms.count).max() else { return nil }
    let readings = found.filter { $0.shortTerms.count == longest }
    return readings.count == 1 ? (readings[0].longTerms, longest) : nil
  }

  private func reads(_ form: [[UInt8]], _ terms: [[UInt8]], _ start: Int) -> Bool {
    guard start + form.count <= terms.count else { return false }
    return zip(form, terms[start...]).allSatisfy { wanted, term in
      // Bytes, for String equality would not tell NFC from NFD; terms are always composed.
      wanted == term || tokenizer.plain(wanted) == term
    }
  }
}
