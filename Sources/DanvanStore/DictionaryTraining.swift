/// Makes a preset dictionary of sample texts: the runs of words that save the most, the best last,
/// where deflate reaches them with the fewest bits.
enum DictionaryTraining {
  /// As much as deflate looks back.
  static let size = 32_000
  private static let longest = 6
  private static let leastCount = 4

  private struct Run {
    var count: Int
    var text: Int
    var range: Range<Int>
  }

  static func dictionary(of texts: [[UInt8]]) -> [UInt8] {
    let frequent = mayBeFrequent(in: texts)
    var runs: [UInt64: Run] = [:]
    for (number, text) in texts.enumerated() {
      forEachRun(in: text) { hash, range in
        guard frequent(hash) else { return }
        runs[hash, default: Run(count: 0, text: number, range: range)].count += 1
      }
    }
    // What is in many texts saves its length each time, less what a reference costs.
    let ranked = runs.values.filter { $0.count >= leastCount && $0.range.count > 3 }
      .sorted {
        gain($0) != gain($1)
          ? gain($0) > gain($1) : ($0.text, $0.range.lowerBound) < ($1.text, $1.range.lowerBound)
      }
    var chosen: [ArraySlice<UInt8>] = []
    var covered: Set<UInt64> = []
    var total = 0
    for run in ranked {
      let bytes = texts[run.text][run.range]
      var hashes: [UInt64] = []
      forEachRun(in: Array(bytes)) { hash, _ in hashes.append(hash) }
      guard let whole = hashes.last, !covered.contains(whole) else { continue }
      guard total + bytes.count <= size else { break }
      covered.formUnion(hashes)
      chosen.append(bytes)
      total += bytes.count
    }
    return Array(chosen.reversed().joined())
  }

  /// Whether a run may occur often enough; never false for one that does. Nearly all of a million runs occur
  /// once, and to count each by itself would take a hundred MiB: here runs share counters of a byte.
  private static func mayBeFrequent(in texts: [[UInt8]]) -> (UInt64) -> Bool {
    var counters = [UInt8](repeating: 0, count: 1 << 22)
    func slot(_ hash: UInt64) -> Int { Int(hash & 0x3F_FFFF) }
    for text in texts {
      forEachRun(in: text) { hash, _ in
        if counters[slot(hash)] < leastCount { counters[slot(hash)] += 1 }
      }
    }
    return { [counters] in counters[slot($0)] >= leastCount }
  }

  private static func gain(_ run: Run) -> Int { run.count * (run.range.count - 2) }

  /// Runs of one to six words, each with the space after it; the longest run comes last.
  private static func forEachRun(in text: [UInt8], _ body: (UInt64, Range<Int>) -> Void) {
    var starts: [Int] = []
    for index in text.indices where text[index] > 0x20 && (index == 0 || text[index - 1] <= 0x20) {
      starts.append(index)
    }
    starts.append(text.count)
    for count in 1...longest where count < starts.count {
      for first in 0..<(starts.count - count) {
        let range = starts[first]..<starts[first + count]
        guard range.count <= 64 else { continue }
        let hash = text[range].withUnsafeBufferPointer(Vocabulary.hash)
        body(hash, range)
      }
    }
  }
}
