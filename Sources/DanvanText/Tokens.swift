/// The tokens of a normalised text, in order; what lies between them is white space.
public struct Tokens: Sendable, RandomAccessCollection {
  public let text: NormalizedText
  @usableFromInline let tokens: [Token]

  public init(_ text: NormalizedText) {
    self.text = text
    var scanner = TokenScanner(text.bytes)
    tokens = scanner.run()
  }

  // Inlinable, for every phase of extraction reads tokens one by one from another module.
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { tokens.count }
  @inlinable public var count: Int { tokens.count }
  @inlinable public subscript(index: Int) -> Token { tokens[index] }

  /// The NFC text from the first to the last token of a range; empty for an empty range.
  public func string(_ range: Range<Int>) -> String { text.string(byteRange(range)) }

  /// The stored bytes from the first to the last token of a range.
  public func storedRange(_ range: Range<Int>) -> Range<Int> {
    text.storedRange(byteRange(range))
  }

  /// The normalised bytes from the first to the last token of a range, clamped to the text.
  public func byteRange(_ range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: 0..<tokens.count)
    guard let last = range.last else {
      let offset =
        range.lowerBound < tokens.count ? Int(tokens[range.lowerBound].start) : text.bytes.count
      return offset..<offset
    }
    return Int(tokens[range.lowerBound].start)..<Int(tokens[last].end)
  }
}
