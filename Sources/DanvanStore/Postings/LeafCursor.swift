internal import DanvanSQLite

/// Reads the leaves of an index one after the other: a list goes on from leaf to leaf, and to step to the
/// next row costs a part of looking it up.
final class LeafCursor {
  private let rows: SQLStatement
  /// The row that the next step comes to, where there is one.
  private var next: Int64?

  /// `rows` gives the ids and blocks from one id to another, in order.
  init(_ rows: SQLStatement) { self.rows = rows }

  /// The leaf in the row of that id, nil where there is none; those up to `last` may be asked for after it.
  func leaf(_ id: Int64, through last: Int64) throws -> SegmentLeaf? {
    if next != id {
      rows.reset()
      rows.bind(1, id)
      rows.bind(2, last)
    }
    next = nil
    guard try rows.step(), rows.integer(0) == id else { return nil }
    next = id &+ 1
    return SegmentLeaf(rows.blob(1))
  }

  /// A statement that is not through holds what it reads from.
  func end() {
    rows.reset()
    next = nil
  }
}
