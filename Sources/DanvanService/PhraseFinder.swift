internal import DanvanModel
internal import DanvanStore
internal import DanvanText

/// Finds the phrases of a query in a text, with the tokenizer of the index.
struct PhraseFinder {
  struct Match: Equatable {
    /// UTF-8 bytes of the text.
    var range: Range<Int>
    /// Which phrase of the query.
    var phrase: Int
  }

  /// One place of the text: hashes of the terms that stand there.
  private struct Place {
    var range: Range<Int>
    var term: UInt64
    /// A joined abbreviation that ends here, and where it begins.
    var joined: UInt64?
    var joinedStart: Int?
  }

  private let tokenizer: any SearchTokenizer
  private var phrases: [[Set<UInt64>]] = []
  /// The phrases that may begin with a term.
  private var byFirst: [UInt64: [Int]] = [:]
  /// Lets those pieces of a text through that a phrase may begin in.
  private let sieve: TermSieve

  init(_ wanted: [TermPhrase], tokenizer: any SearchTokenizer) {
    self.tokenizer = tokenizer
    for phrase in wanted where phrase.field != .kind && phrase.field != .publisher {
      let places = phrase.places.map { Set($0.map { $0.withUnsafeBufferPointer(Self.hash) }) }
      guard let first = places.first else { continue }
      for term in first { byFirst[term, default: []].append(phrases.count) }
      phrases.append(places)
    }
    sieve = TermSieve(wanted.lazy.compactMap(\.places.first).joined())
  }

  var isEmpty: Bool { phrases.isEmpty }
  var count: Int { phrases.count }

  /// The matches, in order of their start, as far as the text was read: piece by piece, until
  /// `isEnough` says of those found in so many bytes that no more are wanted.
  func matches(
    in text: UnsafeBufferPointer<UInt8>, until isEnough: ([Match], Int) -> Bool = { _, _ in false }
  ) -> [Match] {
    guard !isEmpty else { return [] }
    let (matches, isWhole) = matches(in: text, sieving: true, until: isEnough)
    // What the sieve holds back may be spelled with marks between capitals.
    return matches.isEmpty && !isWhole
      ? self.matches(in: text, sieving: false, until: isEnough).matches : matches
  }

  /// The matches, and whether no piece that was read past was held back by the sieve.
  private func matches(
    in text: UnsafeBufferPointer<UInt8>, sieving: Bool, until isEnough: ([Match], Int) -> Bool
  ) -> (matches: [Match], isWhole: Bool) {
    let longest = phrases.map(\.count).max() ?? 1
    var places: [Place] = []
    var matches: [Match] = []
    var isWhole = true
    var examined = 0
    var start = 0
    while start < text.count {
      let end = Self.pieceEnd(text, start)
      let piece = UnsafeBufferPointer(rebasing: text[start..<end])
      if !sieving || mayGoOn(places.suffix(longest - 1)) || sieve.lets(through: piece) {
        append(piece, at: start, to: &places)
      } else {
        isWhole = false
        places = []
        examined = 0
      }
      start = end
      // A phrase that begins with the last terms may go on in the next piece.
      let settled = end == text.count ? places.count : max(examined, places.count - longest + 1)
      for index in examined..<settled { appendMatches(at: index, of: places, to: &matches) }
      examined = settled
      if isEnough(matches, end) { break }
    }
    return (matches, isWhole)
  }

  private func mayGoOn(_ places: ArraySlice<Place>) -> Bool {
    places.contains { place in
      byFirst[place.term] != nil || place.joined.map { byFirst[$0] != nil } ?? false
    }
  }

  /// The end of a piece of some hundred bytes: after a line, else after a space that parts no capitals that are
  /// written as one word (`TP. HCM`).
  private static func pieceEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let least = start + 120
    guard least < text.count else { return text.count }
    let near = least..<min(text.count, least + 400)
    let cut = near.first { place in
      text[place] == 0x0A || text[place] == 0x20 && !joints.contains(text[place - 1])
    }
    return cut.map { $0 + 1 } ?? text.count
  }

  private static let joints = Array(".-/".utf8)

  private func append(
    _ piece: UnsafeBufferPointer<UInt8>, at offset: Int, to places: inout [Place]
  ) {
    tokenizer.forEachTerm(in: piece, for: .document) { term, range, colocated in
      if colocated, !places.isEmpty {
        places[places.count - 1].joined = Self.hash(term)
        places[places.count - 1].joinedStart = offset + range.lowerBound
      } else {
        let range = offset + range.lowerBound..<offset + range.upperBound
        places.append(Place(range: range, term: Self.hash(term)))
      }
      return true
    }
  }

  private func appendMatches(at index: Int, of places: [Place], to matches: inout [Match]) {
    var candidates = byFirst[places[index].term] ?? []
    if let joined = places[index].joined { candidates += byFirst[joined] ?? [] }
    for phrase in candidates where reads(phrases[phrase], places[index...]) {
      let first = places[index]
      let last = places[index + phrases[phrase].count - 1]
      let isJoined = first.joined.map { phrases[phrase][0].contains($0) } ?? false
      let start = isJoined ? first.joinedStart ?? first.range.lowerBound : first.range.lowerBound
      matches.append(Match(range: start..<last.range.upperBound, phrase: phrase))
    }
  }

  private func reads(_ phrase: [Set<UInt64>], _ places: ArraySlice<Place>) -> Bool {
    guard phrase.count <= places.count else { return false }
    return zip(phrase, places).allSatisfy { terms, place in
      terms.contains(place.term) || place.joined.map { terms.contains($0) } ?? false
    }
  }

  /// FNV-1a. Two terms with one hash would light up a wrong word, nothing worse.
  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
