/// A stored text in the one spelling that the rest of the program reads, aligned to its own bytes.
///
/// Vietnamese letters are composed (NFC) whatever order their marks came in, eth and other
/// look-alikes of đ are đ, line ends are LF, every other space is U+0020, zero-width scalars are
/// gone. Tone placement, case, repeated spaces and combining sequences that no Vietnamese letter
/// has are kept. All offsets are UTF-8 bytes.
public struct NormalizedText: Sendable {
  /// The normalised UTF-8.
  public let bytes: [UInt8]
  /// The UTF-8 length of the stored text.
  public let storedCount: Int
  /// Where the two differ, in order; between two changes the bytes are the same.
  let changes: [Change]

  /// A piece of the stored text that reads otherwise once normalised.
  struct Change: Sendable, Equatable {
    var start: Int
    var end: Int
    var storedStart: Int
    var storedEnd: Int
  }

  public init(_ stored: String) {
    self.init(bytes: Array(stored.utf8))
  }

  /// Takes UTF-8; bytes that are not are kept as they are.
  init(bytes stored: [UInt8]) {
    storedCount = stored.count
    var composer = Composer(stored)
    composer.run()
    bytes = composer.isChanged ? composer.output : stored
    changes = composer.changes
  }

  /// The stored bytes that a range of normalised bytes was made from.
  ///
  /// A range that starts or ends inside a changed piece covers the whole piece. Bounds outside the
  /// text are clamped.
  public func storedRange(_ range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: 0..<bytes.count)
    let start = storedStart(range.lowerBound)
    let end = range.isEmpty ? start : storedEnd(range.upperBound)
    return start..<max(start, end)
  }

  /// The NFC text of a range of normalised bytes; bounds outside the text are clamped.
  public func string(_ range: Range<Int>) -> String {
    let slice = bytes[range.clamped(to: 0..<bytes.count)]
    return String(validating: slice, as: UTF8.self) ?? String(decoding: slice, as: UTF8.self)
  }

  private func storedStart(_ offset: Int) -> Int {
    // The last change that ends at or before the offset.
    let next = changes.partitioningIndex { $0.end > offset }
    if next < changes.count, changes[next].start < offset { return changes[next].storedStart }
    guard next > 0 else { return offset }
    return changes[next - 1].storedEnd + (offset - changes[next - 1].end)
  }

  private func storedEnd(_ offset: Int) -> Int {
    // The last change that starts before the offset.
    let next = changes.partitioningIndex { $0.start >= offset }
    guard next > 0 else { return offset }
    let change = changes[next - 1]
    return change.storedEnd + max(0, offset - change.end)
  }
}

extension Array {
  /// The first index whose element satisfies a condition that holds for all elements after it.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
