/// The parts that two sequences have in common, in order.
///
/// Patience first: items that are in both exactly once are anchors, as many of them as lie in one order
/// (B. Cohen's patience diff); between anchors the shortest edit script (E. W. Myers, "An O(ND) Difference
/// Algorithm and Its Variations", Algorithmica 1986). Both are bounded: two long stretches that have next
/// to nothing in common are said to have nothing, so that the time is near linear in the length.
public struct SequenceDiff {
  /// So many items from `a` and from `b` are the same.
  public struct Match: Sendable, Equatable {
    public var a: Int
    public var b: Int
    public var count: Int
  }

  /// Ascending in both; none next to its neighbour in both.
  public private(set) var matches: [Match] = []
  private let a: [Int]
  private let b: [Int]
  private static let deepest = 48
  /// The longest edit script that is looked for, and the steps spent on it.
  private static let longestScript = 1_000
  private static let stepLimit = 40_000_000

  /// Items are numbers, equal where what they stand for is equal.
  public init(_ a: [Int], _ b: [Int]) {
    self.a = a
    self.b = b
    compare(a.indices, b.indices, depth: 0)
  }

  private mutating func add(_ a: Int, _ b: Int, _ count: Int) {
    guard count > 0 else { return }
    if let last = matches.last, last.a + last.count == a, last.b + last.count == b {
      matches[matches.count - 1].count += count
    } else {
      matches.append(Match(a: a, b: b, count: count))
    }
  }

  private mutating func compare(_ inA: Range<Int>, _ inB: Range<Int>, depth: Int) {
    var (x, y) = (inA, inB)
    var start = 0
    while start < min(x.count, y.count), a[x.lowerBound + start] == b[y.lowerBound + start] {
      start += 1
    }
    add(x.lowerBound, y.lowerBound, start)
    x = (x.lowerBound + start)..<x.upperBound
    y = (y.lowerBound + start)..<y.upperBound
    var end = 0
    while end < min(x.count, y.count), a[x.upperBound - 1 - end] == b[y.upperBound - 1 - end] {
      end += 1
    }
    x = x.lowerBound..<(x.upperBound - end)
    y = y.lowerBound..<(y.upperBound - end)
    defer { add(x.upperBound, y.upperBound, end) }
    guard !x.isEmpty, !y.isEmpty else { return }
    let anchors = depth < Self.deepest ? anchors(x, y) : []
    if anchors.isEmpty { return shortest(x, y) }
    var (fromA, fromB) = (x.lowerBound, y.lowerBound)
    for (atA, atB) in anchors {
      compare(fromA..<atA, fromB..<atB, depth: depth + 1)
      add(atA, atB, 1)
      (fromA, fromB) = (atA + 1, atB + 1)
    }
    compare(fromA..<x.upperBound, fromB..<y.upperBound, depth: depth + 1)
  }

  /// Items that are once in both: the longest ascending run of them.
  private func anchors(_ x: Range<Int>, _ y: Range<Int>) -> [(Int, Int)] {
    // Where the item is; -1 for one that is there again.
    var places: [Int: (a: Int, b: Int?)] = [:]
    for at in x { places[a[at]] = places[a[at]] == nil ? (at, nil) : (-1, nil) }
    for at in y {
      guard let place = places[b[at]], place.a >= 0 else { continue }
      places[b[at]] = place.b == nil ? (place.a, at) : (-1, nil)
    }
    var pairs: [(Int, Int)] = []
    for at in x {
      if let place = places[a[at]], place.a == at, let there = place.b { pairs.append((at, there)) }
    }
    // Piles of patience sorting: the last of each pile, and what each card lies behind.
    var piles: [Int] = []
    var behind = [Int](repeating: -1, count: pairs.count)
    for (card, pair) in pairs.enumerated() {
      var (low, high) = (0, piles.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[piles[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
      }
      behind[card] = low > 0 ? piles[low - 1] : -1
      if low == piles.count { piles.append(card) } else { piles[low] = card }
    }
    var run: [(Int, Int)] = []
    var card = piles.last ?? -1
    while card >= 0 {
      run.append(pairs[card])
      card = behind[card]
    }
    return run.reversed()
  }

  /// Myers' greedy search, its front kept for each length so that the way can be walked back.
  private mutating func shortest(_ x: Range<Int>, _ y: Range<Int>) {
    let (n, m) = (x.count, y.count)
    let limit = min(n + m, Self.longestScript, max(8, Self.stepLimit / (n + m)))
    // How far it has come on each diagonal from -limit to limit; and that as it was before each step.
    let middle = limit + 1
    var front = [Int32](repeating: 0, count: 2 * middle + 1)
    // That of step d holds the diagonals from -d - 1 to d + 1.
    var fronts: [[Int32]] = []
    func isDown(_ front: [Int32], _ middle: Int, _ k: Int, _ length: Int) -> Bool {
      k == -length || (k != length && front[middle + k - 1] < front[middle + k + 1])
    }
    var length = 0
    search: while length <= limit {
      fronts.append(Array(front[(middle - length - 1)...(middle + length + 1)]))
      for k in stride(from: -length, through: length, by: 2) {
        var i =
          isDown(front, middle, k, length)
          ? Int(front[middle + k + 1]) : Int(front[middle + k - 1]) + 1
        while i < n, i - k < m, a[x.lowerBound + i] == b[y.lowerBound + i - k] { i += 1 }
        front[middle + k] = Int32(i)
        if i >= n, i - k >= m { break search }
      }
      length += 1
    }
    guard length <= limit else { return }
    var found: [Match] = []
    var (i, j) = (n, m)
    for step in stride(from: length, through: 0, by: -1) {
      let isDown = isDown(fronts[step], step + 1, i - j, step)
      let from = isDown ? i - j + 1 : i - j - 1
      // The first step begins at the corner.
      let startI = step == 0 ? 0 : Int(fronts[step][step + 1 + from])
      let startJ = step == 0 ? 0 : startI - from
      let afterI = step == 0 || isDown ? startI : startI + 1
      let afterJ = step == 0 || !isDown ? startJ : startJ + 1
      if i > afterI {
        found.append(
          Match(a: x.lowerBound + afterI, b: y.lowerBound + afterJ, count: i - afterI))
      }
      (i, j) = (startI, startJ)
    }
    for match in found.reversed() { add(match.a, match.b, match.count) }
  }
}
