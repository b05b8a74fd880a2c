import DanvanText

/// The phrases of a text that may be key phrases, counted.
struct PhraseCandidates {
  private struct Candidate {
    let first: Range<Int>
    let words: Int
    var count = 0
    var isTerm = false
    /// How often longer candidates hold it, and how many of them do.
    var nested = 0
    var holders = 0
    /// The candidates made of it but for its last word, and but for its first.
    var parts: (UInt64, UInt64)?
  }
  private let tokens: Tokens
  private var candidates: [UInt64: Candidate] = [:]
  /// Where names stand: what is counted as one is not counted again.
  private var termStarts: Set<Int> = []

  init(_ tokens: Tokens) { self.tokens = tokens }

  /// Adds every phrase of one to `longest` words of a run of words.
  mutating func add(_ run: [Range<Int>], upTo longest: Int) {
    for start in run.indices {
      for end in start..<min(start + longest, run.count) {
        let phrase = run[start].lowerBound..<run[end].upperBound
        guard phrase.count > 1 else { continue }
        var parts: (UInt64, UInt64)?
        if end > start {
          parts = (
            key(run[start].lowerBound..<run[end - 1].upperBound),
            key(run[start + 1].lowerBound..<run[end].upperBound)
          )
        }
        count(phrase, words: end - start + 1) { $0.parts = parts }
      }
    }
  }

  /// Adds what was found by name; it may hold any words.
  mutating func addTerm(_ range: Range<Int>) {
    guard range.count > 1, termStarts.insert(range.lowerBound).inserted else { return }
    let id = key(range)
    if candidates[id] == nil {
      count(range, words: max(2, range.count / 2)) { $0.isTerm = true }
    } else {
      candidates[id]?.isTerm = true
    }
  }

  /// The first places of the best candidates, best first.
  func best(_ most: Int) -> [Range<Int>] {
    var all = candidates
    for candidate in candidates.values where candidate.count > 1 {
      guard let parts = candidate.parts else { continue }
      for part in [parts.0, parts.1] {
        all[part]?.nested += candidate.count
        all[part]?.holders += 1
      }
    }
    var scored: [(score: Double, first: Range<Int>)] = []
    for candidate in all.values where candidate.count > 1 || candidate.isTerm {
      let score = score(candidate)
      if score > 0 { scored.append((score, candidate.first)) }
    }
    scored.sort { a, b in
      if a.score != b.score { return a.score > b.score }
      if a.first.lowerBound != b.first.lowerBound {
        return a.first.lowerBound < b.first.lowerBound
      }
      return a.first.count > b.first.count
    }
    return scored.prefix(most).map(\.first)
  }

  /// C-value, half as much again for a name, and up to twice as much for what stands at the beginning.
  private func score(_ candidate: Candidate) -> Double {
    let holders = Double(max(candidate.holders, 1))
    let free = Double(candidate.count) - Double(candidate.nested) / holders
    let length = log2OfSum(candidate.words)
    let early = 1 + 100 / Double(100 + candidate.first.lowerBound)
    return length * free * early * (candidate.isTerm ? 1.5 : 1)
  }

  /// log2(1 + words).
  private func log2OfSum(_ words: Int) -> Double {
    let logarithms = [0, 1, 1.585, 2, 2.322, 2.585, 2.807, 3]
    return logarithms[min(max(words, 0), logarithms.count - 1)]
  }

  private mutating func count(
    _ range: Range<Int>, words: Int, _ new: (inout Candidate) -> Void
  ) {
    let id = key(range)
    if candidates[id] == nil {
      var candidate = Candidate(first: range, words: words)
      new(&candidate)
      candidates[id] = candidate
    }
    candidates[id]?.count += 1
  }

  private func key(_ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for place in range { hash = (hash ^ tokens[place].key) &* 0x9E37_79B9_7F4A_7C15 }
    return hash ^ (hash >> 32)
  }
}
