/// The name that `text` most likely was meant to be: the one the fewest edits away, nil when that
/// is more than a third of it.
public func nearestName(to text: String, among names: [String]) -> String? {
  let measured = names.map { (name: $0, distance: editDistance($0, text)) }
  guard let best = measured.min(by: { $0.distance < $1.distance }),
    best.distance * 3 <= max(text.utf8.count, 3)
  else { return nil }
  return best.name
}

/// How many bytes must be put in, taken out or replaced to make one of the other.
private func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b.utf8)
  var row = Array(0...b.count)
  for (i, byte) in a.utf8.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (byte == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
