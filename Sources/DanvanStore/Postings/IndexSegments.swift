internal import DanvanSQLite

/// The segments of a full-text index as FTS5 stores them, read without FTS5.
///
/// FTS5 answers a MATCH row by row, and steps through all forms of a word side by side. To learn in which
/// articles any of some hundred terms stands, it is several times faster to read their lists straight.
/// Follows the description of file format 4 at the head of SQLite's `fts5_index.c`.
struct IndexSegments {
  struct Segment {
    let id: Int64
    /// The numbers of its leaves.
    let leaves: ClosedRange<Int64>
  }

  let table: MatchExpression.Table
  /// The newest first: what it says of an article is so, whatever older ones say.
  let segments: [Segment]
  private let leaf: SQLStatement
  private let separators: SQLStatement
  private let following: SQLStatement

  /// The format that is known here.
  private static let format: Int64 = 4
  private static let structureRow: Int64 = 10

  /// Nil for a format that is not known here, and on a connection that writes, for FTS5 may hold back there
  /// what it has been given.
  init?(_ db: Database, _ table: MatchExpression.Table) throws {
    self.table = table
    let name = table.rawValue
    guard db.isReadOnly else { return nil }
    let version = try SQLStatement(db, "SELECT v FROM \(name)_config WHERE k = 'version'")
    defer { version.reset() }
    guard try version.step(), version.integer(0) == Self.format else { return nil }
    leaf = try SQLStatement(db, "SELECT block FROM \(name)_data WHERE id = ?1")
    separators = try SQLStatement(
      db,
      """
      SELECT pgno FROM \(name)_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1
      """)
    following = try SQLStatement(
      db, "SELECT term FROM \(name)_idx WHERE segid = ?1 AND term > ?2 ORDER BY term LIMIT 1")
    segments = try Self.segments(leaf)
  }

  static var damaged: DatabaseError {
    DatabaseError(resultCode: .corrupt, message: "a full-text index is damaged")
  }

  private static func segments(_ leaf: SQLStatement) throws -> [Segment] {
    leaf.bind(1, structureRow)
    defer { leaf.reset() }
    guard try leaf.step(), let segments = leaf.withBlob(0, segments(of:)) else { throw damaged }
    return segments
  }

  /// A cookie of four bytes; how many levels and segments there are, and a count of writes; of each level,
  /// the newest of which comes first, how many of its segments are being merged, how many it has, and these,
  /// the oldest first. Nil where it is not so.
  private static func segments(of record: UnsafeBufferPointer<UInt8>) -> [Segment]? {
    var reader = VarintReader(record, from: 4)
    guard let levels = reader.next(), reader.next() != nil, reader.next() != nil else { return nil }
    var segments: [Segment] = []
    for _ in 0..<min(levels, UInt64(record.count)) {
      guard reader.next() != nil, let count = reader.next() else { return nil }
      var level: [Segment] = []
      for _ in 0..<min(count, UInt64(record.count)) {
        guard let id = reader.nextInteger(), let first = reader.nextInteger(),
          let last = reader.nextInteger()
        else { return nil }
        // One that has been merged away has no leaves left.
        if last > 0, first <= last { level.append(Segment(id: id, leaves: first...last)) }
      }
      segments += level.reversed()
    }
    return segments
  }

  /// A page of a segment by its number.
  func leaf(_ number: Int64, of segment: Segment) throws -> SegmentLeaf {
    guard segment.leaves.contains(number) else { throw Self.damaged }
    leaf.bind(1, segment.id << 37 | number)
    defer { leaf.reset() }
    guard try leaf.step(), let page = SegmentLeaf(leaf.blob(0)) else { throw Self.damaged }
    return page
  }

  /// The only leaf of a segment that a term can begin on, and the first of the terms that cannot: nil where
  /// all behind it can.
  func leaf(for term: [UInt8], of segment: Segment) throws -> (number: Int64, end: [UInt8]?) {
    separators.bind(1, segment.id)
    separators.bind(2, blob: term)
    defer { separators.reset() }
    // The lowest bit tells of an index within the list, which is not needed here.
    let number = try separators.step() ? separators.integer(0) >> 1 : segment.leaves.lowerBound
    following.bind(1, segment.id)
    following.bind(2, blob: term)
    defer { following.reset() }
    return (
      max(number, segment.leaves.lowerBound), try following.step() ? following.blob(0) : nil
    )
  }
}
