internal import Synchronization

/// The articles of the phrases searched last, in memory.
///
/// Articles are numbered upwards, so a set stays right for the numbers it covers; only what came later
/// is looked up. A removal or a new text of an article clears them all.
final class MatchSets: Sendable {
  struct Key: Hashable, Sendable {
    let table: MatchExpression.Table
    let column: String
    let places: [[[UInt8]]]
  }
  private struct Entry {
    /// Covers the articles up to this one.
    var through: Int64
    /// One bit for each article, where those take less than four bytes for each match; else nil.
    var words: [UInt64]?
    var ids: [UInt32] = []
    var used: UInt64 = 0

    init(_ set: ArticleSet, through: Int64) {
      self.through = through
      if set.count * 4 < set.words.count * 8 {
        set.forEachDescending { id in
          ids.append(UInt32(truncatingIfNeeded: id))
          return true
        }
      } else {
        words = set.words
      }
    }

    var cost: Int { 128 + (words?.count ?? 0) * 8 + ids.count * 4 }
  }
  private struct State {
    var entries: [Key: Entry] = [:]
    var cost = 0
    var tick: UInt64 = 0
    /// Goes up with each removal: what was read before it must not be kept.
    var generation = 0
  }
  private let state = Mutex(State())
  private static let costLimit = 12 << 20
  /// A single term of few articles costs less to look up than to keep. A phrase, and a word of many
  /// forms, may cost much however few articles they find.
  private static let keptFrom = 64

  var generation: Int { state.withLock { $0.generation } }

  func clear() {
    state.withLock { state in
      state.entries = [:]
      state.cost = 0
      state.generation += 1
    }
  }

  /// The set of `key` over `range`, remembered where that begins at 1; `look` finds what no set in memory
  /// covers.
  /// `generation` is that of before the reader's snapshot was taken.
  func set(
    _ key: Key, in range: ClosedRange<Int64>, generation: Int,
    _ look: (ClosedRange<Int64>) throws -> ArticleSet
  ) rethrows -> ArticleSet {
    // A set that begins later says nothing of the articles before it, and must not be kept.
    guard range.lowerBound == 1 else { return try look(range) }
    var set = ArticleSet(in: range)
    let through: Int64 = state.withLock { state in
      guard var entry = state.entries[key], entry.through <= range.upperBound else { return 0 }
      state.tick += 1
      entry.used = state.tick
      state.entries[key]?.used = state.tick
      if let words = entry.words {
        set.fill(words)
      } else {
        for id in entry.ids { set.insert(Int64(id)) }
      }
      return entry.through
    }
    guard through < range.upperBound else { return set }
    set.add(part: try look(max(range.lowerBound, through + 1)...range.upperBound))
    keep(set, key, through: range.upperBound, generation)
    return set
  }

  private func keep(_ set: ArticleSet, _ key: Key, through: Int64, _ generation: Int) {
    let isOneTerm = key.places.count == 1 && key.places[0].count == 1
    guard !isOneTerm || set.count >= Self.keptFrom else { return }
    state.withLock { state in
      guard state.generation == generation else { return }
      var entry = Entry(set, through: through)
      state.tick += 1
      entry.used = state.tick
      state.cost += entry.cost - (state.entries[key]?.cost ?? 0)
      state.entries[key] = entry
      guard state.cost > Self.costLimit else { return }
      // Down to three quarters at once, so that this is seldom.
      for (key, entry) in state.entries.sorted(by: { $0.value.used < $1.value.used }) {
        guard state.cost > Self.costLimit / 4 * 3 else { break }
        state.entries[key] = nil
        state.cost -= entry.cost
      }
    }
  }
}
