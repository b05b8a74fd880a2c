/// The terms of the index, for finding the toned forms of a plain syllable and the words behind a
/// prefix. Held in memory, and compact: a term costs its bytes (and those of its plain form, where
/// that differs) and about 24 more.
struct Vocabulary {
  private struct Entry {
    var start: UInt32
    var count: UInt8
    /// 0 where the plain form is the term itself.
    var plainCount: UInt8
    /// The entry before this one with the same plain hash, or -1.
    var previous: Int32
  }
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var newestByPlain: [UInt64: Int32] = [:]

  var count: Int { entries.count }

  /// `plain` is nil where it equals the term. Terms too long to matter are passed over.
  mutating func append(_ term: [UInt8], plain: [UInt8]?) {
    let plain = plain == term ? nil : plain
    guard term.count <= 255, (plain?.count ?? 0) <= 255, bytes.count < 1 << 31 else { return }
    let hash = (plain ?? term).withUnsafeBufferPointer(Self.hash)
    entries.append(
      Entry(
        start: UInt32(bytes.count), count: UInt8(term.count), plainCount: UInt8(plain?.count ?? 0),
        previous: newestByPlain[hash] ?? -1))
    newestByPlain[hash] = Int32(entries.count - 1)
    bytes += term
    if let plain { bytes += plain }
  }

  /// The terms whose plain form is `plain`, the first seen, which are the common ones, first.
  func forms(ofPlain plain: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    var next = newestByPlain[plain.withUnsafeBufferPointer(Self.hash)] ?? -1
    while next >= 0 {
      let entry = entries[Int(next)]
      if plainBytes(entry).elementsEqual(plain) { forms.append(Array(termBytes(entry))) }
      next = entry.previous
    }
    return forms.reversed()
  }

  /// The terms that begin with one of `starts`, or whose plain form begins with `plainStart`; the
  /// first seen come first, at most `limit` of them, with how many there are in all.
  func terms(startingWith starts: [[UInt8]], plainStart: [UInt8]?, limit: Int)
    -> (terms: [[UInt8]], total: Int)
  {
    var found: [[UInt8]] = []
    var total = 0
    bytes.withUnsafeBufferPointer { bytes in
      for entry in entries {
        let start = Int(entry.start)
        let end = start + Int(entry.count)
        let plain = entry.plainCount > 0 ? end..<end + Int(entry.plainCount) : start..<end
        guard
          starts.contains(where: { Self.begins(bytes, start..<end, with: $0) })
            || plainStart.map({ Self.begins(bytes, plain, with: $0) }) ?? false
        else { continue }
        total += 1
        if found.count < limit { found.append(Array(bytes[start..<end])) }
      }
    }
    return (found, total)
  }

  @inline(__always)
  private static func begins(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, with start: [UInt8]
  ) -> Bool {
    guard start.count <= range.count else { return false }
    for offset in start.indices where bytes[range.lowerBound + offset] != start[offset] {
      return false
    }
    return true
  }

  func contains(_ term: [UInt8], plain: [UInt8]) -> Bool { forms(ofPlain: plain).contains(term) }

  /// The terms whose plain form differs from `plain` by one byte put in, taken out or replaced.
  func terms(oneLetterFrom plain: [UInt8]) -> [[UInt8]] {
    entries.filter { abs(plainBytes($0).count - plain.count) <= 1 && isOneByteFrom(plain, $0) }
      .map { Array(termBytes($0)) }
  }

  private func isOneByteFrom(_ plain: [UInt8], _ entry: Entry) -> Bool {
    let other = plainBytes(entry)
    var head = 0
    while head < min(plain.count, other.count), plain[head] == other[other.startIndex + head] {
      head += 1
    }
    let (left, right) = (plain.count - head, other.count - head)
    guard left > 0 || right > 0 else { return false }
    // Behind the place where they part, the tails must agree.
    let tail = max(0, max(left, right) - 1)
    guard tail <= min(left, right) || left == right else { return false }
    return plain.suffix(min(tail, left)).elementsEqual(other.suffix(min(tail, right)))
  }

  /// FNV-1a, 64 bits.
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  private func termBytes(_ entry: Entry) -> ArraySlice<UInt8> {
    bytes[Int(entry.start)..<Int(entry.start) + Int(entry.count)]
  }

  private func plainBytes(_ entry: Entry) -> ArraySlice<UInt8> {
    guard entry.plainCount > 0 else { return termBytes(entry) }
    let start = Int(entry.start) + Int(entry.count)
    return bytes[start..<start + Int(entry.plainCount)]
  }
}
