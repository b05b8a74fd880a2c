/// Where a term stands in an article, as FTS5 writes it: steps from place to place, each increased by two,
/// and a one before the number of another column than the first. An index without places has steps from
/// column to column.
struct PositionList {
  private let bytes: UnsafeBufferPointer<UInt8>

  /// There are no more places than this.
  var greatestCount: Int { bytes.count }

  /// The bytes must stay as they are meanwhile.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static let otherColumn: UInt64 = 1
  private static let increase: UInt64 = 2

  /// Calls `body` with the column and the place of each until it returns false; ends where the bytes make no
  /// sense.
  @inline(__always)
  func forEachPlace(_ body: (UInt64, UInt64) -> Bool) {
    var reader = VarintReader(bytes)
    var column: UInt64 = 0
    var place: UInt64 = 0
    while let step = reader.next() {
      if step == Self.otherColumn {
        guard let next = reader.next() else { return }
        column = next
        place = 0
      } else {
        place = place &+ step &- Self.increase
        guard body(column, place) else { return }
      }
    }
  }

  /// Whether it is in a column, of an index with places or of one without.
  func isIn(column: UInt64, hasPlaces: Bool) -> Bool {
    var reader = VarintReader(bytes)
    if hasPlaces {
      guard column > 0 else { return bytes.first.map { UInt64($0) != Self.otherColumn } ?? false }
      while let step = reader.next() {
        if step == Self.otherColumn, reader.next() == column { return true }
      }
      return false
    }
    var present: UInt64 = 0
    while let step = reader.next() {
      present = present &+ step &- Self.increase
      if present == column { return true }
    }
    return false
  }
}
