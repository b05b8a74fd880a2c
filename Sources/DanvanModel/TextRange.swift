/// A half-open range of UTF-8 byte offsets into an article's stored text.
public struct TextRange: Sendable, Hashable, Comparable {
  public let start: Int
  public let end: Int

  /// `start` must not be after `end`; both count UTF-8 bytes of the stored text.
  public init(_ start: Int, _ end: Int) {
    precondition(0 <= start && start <= end, "a text range is made by our own code, in order")
    self.start = start
    self.end = end
  }

  public var count: Int { end - start }
  public var isEmpty: Bool { start == end }

  public func contains(_ other: TextRange) -> Bool { start <= other.start && other.end <= end }
  public func overlaps(_ other: TextRange) -> Bool { start < other.end && other.start < end }

  /// Earlier first; of two that start together, the longer first.
  public static func < (a: TextRange, b: TextRange) -> Bool {
    a.start != b.start ? a.start < b.start : a.end > b.end
  }
}
