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
  private let leaves: LeafCursor
  private let separators: SQLStatement
  private let known = KnownPlaces()

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
    let structure = try SQLStatement(db, "SELECT block FROM \(name)_data WHERE id = ?1")
    leaves = LeafCursor(
      try SQLStatement(
        db, "SELECT id, block FROM \(name)_data WHERE id BETWEEN ?1 AND ?2 ORDER BY id"))
    separators = try SQLStatement(
      db,
      """
      SELECT term <= ?2, pgno, term FROM \(name)_idx WHERE segid = ?1 AND term >= coalesce(
        (SELECT term FROM \(name)_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1), x'')
      ORDER BY term LIMIT 2
      """)
    segments = try Self.segments(structure)
  }

  static var damaged: DatabaseError {
    DatabaseError(resultCode: .corrupt, message: "a full-text index is damaged")
  }

  private static func segments(_ structure: SQLStatement) throws -> [Segment] {
    structure.bind(1, structureRow)
    defer { structure.reset() }
    guard try structure.step(), let segments = structure.withBlob(0, segments(of:)) else {
      throw damaged
    }
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

  /// A page of a segment by its number. The next one costs least; `endReading` when no more are wanted.
  func leaf(_ number: Int64, of segment: Segment) throws -> SegmentLeaf {
    guard segment.leaves.contains(number),
      let leaf = try leaves.leaf(
        segment.id << 37 | number, through: segment.id << 37 | segment.leaves.upperBound)
    else { throw Self.damaged }
    return leaf
  }

  /// Lets go of the page that was read last.
  func endReading() { leaves.end() }

  /// Where a term can stand in a segment.
  struct Place {
    /// The only leaf that it can begin on.
    let leaf: Int64
    /// The next leaf that a term begins on, else the segment's last: a list that begins on `leaf` ends there.
    let next: Int64
    /// The first of the terms that begin on no leaf before `next`; nil where none do.
    let end: [UInt8]?
  }

  func place(of term: [UInt8], in segment: Segment) throws -> Place {
    if let place = known[term, segment.id] { return place }
    separators.bind(1, segment.id)
    separators.bind(2, blob: term)
    defer { separators.reset() }
    // The lowest bit of a leaf's number tells of an index within the list, which is not needed here.
    var leaf = segment.leaves.lowerBound
    var next = segment.leaves.upperBound
    var end: [UInt8]?
    while end == nil, try separators.step() {
      if separators.integer(0) != 0 {
        leaf = max(leaf, separators.integer(1) >> 1)
      } else {
        next = min(next, separators.integer(1) >> 1)
        end = separators.blob(2)
      }
    }
    let place = Place(leaf: leaf, next: next, end: end)
    known[term, segment.id] = place
    return place
  }

  /// On about how many leaves the lists of the terms stand.
  func leafCount(of terms: some Sequence<[UInt8]>) throws -> Int64 {
    let keys = Self.keys(of: terms)
    var count: Int64 = 0
    for segment in segments {
      var index = 0
      while index < keys.count {
        let place = try place(of: keys[index], in: segment)
        count &+= max(1, place.next &- place.leaf)
        index = place.after(index, of: keys)
      }
    }
    return count
  }
}

extension IndexSegments.Place {
  /// The index of the first term behind the one at `index` that can stand further on; `terms` are in order.
  func after(_ index: Int, of terms: [[UInt8]]) -> Int {
    guard let end else { return terms.count }
    var index = index + 1
    while index < terms.count, terms[index].lexicographicallyPrecedes(end) { index += 1 }
    return index
  }
}

/// What has been looked up already: a phrase asks twice.
private final class KnownPlaces {
  private struct Key: Hashable {
    let term: [UInt8]
    let segment: Int64
  }
  private var places: [Key: IndexSegments.Place] = [:]

  subscript(term: [UInt8], segment: Int64) -> IndexSegments.Place? {
    get { places[Key(term: term, segment: segment)] }
    set { places[Key(term: term, segment: segment)] = newValue }
  }
}
