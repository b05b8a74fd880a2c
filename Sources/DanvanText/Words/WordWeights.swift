/// How much each feature speaks for joining two tokens into one word: a linear model.
public struct WordWeights: Sendable {
  private struct Row {
    var key: UInt64 = 0
    /// 0 marks a free place: a weight of nothing is not kept.
    var weight: Int32 = 0
  }
  private var rows = [Row](repeating: Row(), count: 16)
  private var count = 0

  public init() {}

  /// Adds the weight of a feature's value: syllables as token keys, then shapes, then small numbers.
  ///
  /// Returns false for a value of another form than the feature's, a number outside 0 to 255, a
  /// weight of 0, and a value that is there already.
  public mutating func add(
    _ feature: WordFeature, syllables: [UInt64], shapes: [WordShape], numbers: [Int], weight: Int32
  ) -> Bool {
    let form = feature.form
    guard
      syllables.count == form.syllables, shapes.count == form.shapes,
      numbers.count == form.numbers, numbers.allSatisfy({ (0...255).contains($0) }), weight != 0
    else { return false }
    var packed: UInt64 = 0
    for shape in shapes { packed = packed << 4 | shape.code }
    for number in numbers { packed = packed << 8 | UInt64(number) }
    return insert(Row(key: feature.key(syllables.first ?? 0, packed), weight: weight))
  }

  /// The weight of a key made by `WordFeature.key`; 0 for one never seen in training.
  @inline(__always)
  subscript(key: UInt64) -> Int32 {
    let mask = rows.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    while rows[place].weight != 0 {
      if rows[place].key == key { return rows[place].weight }
      place = (place + 1) & mask
    }
    return 0
  }

  private mutating func insert(_ row: Row) -> Bool {
    guard self[row.key] == 0 else { return false }
    if count * 2 >= rows.count {
      let old = rows
      rows = [Row](repeating: Row(), count: old.count * 2)
      for row in old where row.weight != 0 { put(row) }
    }
    put(row)
    count += 1
    return true
  }

  private mutating func put(_ row: Row) {
    let mask = rows.count - 1
    var place = Int(truncatingIfNeeded: row.key) & mask
    while rows[place].weight != 0 { place = (place + 1) & mask }
    rows[place] = row
  }
}
