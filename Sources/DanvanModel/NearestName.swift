/// The name that `text` most likely was meant to be: the one the fewest edits away, nil when that
/// is more than a third of it.
public func nearestName(to text: String, among names: [String]) -> String? {
  let measured = names.map { (name: $0, distance: editDistance($0, text)) }
  guard let best = measured.min(by: { $0.distance < $1.distance }),
    best.distance * 3 <= max(text.utf8.count, 3)
  else { return nil }
  return best.name
}

/// How many bytes must be put in, taken out, replaced or swapped with the next to make one of the other (the optimal
/// string alignment distance).
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var before = [Int](repeating: 0, count: b.count + 1)
  var row = Array(0...b.count)
  for i in a.indices {
    var next = [i + 1] + row.dropFirst()
    for j in b.indices {
      next[j + 1] = min(row[j] + (a[i] == b[j] ? 0 : 1), next[j] + 1, row[j + 1] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        next[j + 1] = min(next[j + 1], before[j - 1] + 1)
      }
    }
    (before, row) = (row, next)
  }
  return row[b.count]
}
