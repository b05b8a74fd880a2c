internal import Synchronization

/// Notices the terms that the store has not seen before, while documents pass the tokenizer.
///
/// Belongs to the committing connection; locked only because its reader is another object.
final class TermCollector: Sendable {
  private struct State {
    /// Hashes of all terms noticed. Two terms with one hash cost the later its toned forms in plain
    /// queries, which is rare enough to be worth not keeping the terms.
    var known: Set<UInt64> = []
    var fresh: [[UInt8]] = []
    var generation = 0
  }
  private let state = Mutex(State())

  private static let longest = 48

  func note(_ term: UnsafeBufferPointer<UInt8>) {
    guard Self.isKept(term) else { return }
    let hash = Vocabulary.hash(term)
    state.withLock { state in
      if state.known.insert(hash).inserted { state.fresh.append(Array(term)) }
    }
  }

  /// The values of those hashes that no known term has.
  func unknown(_ terms: [UInt64: Range<Int>]) -> [Range<Int>] {
    state.withLock { state in
      terms.compactMap { state.known.contains($0.key) ? nil : $0.value }
    }
  }

  /// Terms without a letter, and longer ones than any word, are found when typed exactly only.
  static func isKept(_ term: UnsafeBufferPointer<UInt8>) -> Bool {
    term.count <= longest && term.contains(where: isOfLetter)
  }

  /// Takes terms as known that the store holds already.
  func know(_ terms: some Sequence<[UInt8]>) {
    state.withLock { state in
      for term in terms { state.known.insert(term.withUnsafeBufferPointer(Vocabulary.hash)) }
    }
  }

  /// Hands over what is new since the last time.
  func takeFresh() -> [[UInt8]] {
    state.withLock { state in
      defer { state.fresh = [] }
      return state.fresh
    }
  }

  /// Undoes `note` for terms whose transaction failed.
  func forget(_ terms: [[UInt8]]) {
    state.withLock { state in
      for term in terms { state.known.remove(term.withUnsafeBufferPointer(Vocabulary.hash)) }
    }
  }

  /// Goes up when terms are forgotten: what was known before it may no longer be.
  var generation: Int { state.withLock { $0.generation } }

  /// For a vocabulary that is made anew.
  func forgetAll() { state.withLock { $0 = State(generation: $0.generation + 1) } }

  private static func isOfLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x61...0x7A).contains(byte)
  }
}
