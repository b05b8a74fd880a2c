/// Cuts text into the terms of the full-text index.
///
/// The store takes the tokenizer as a value, so that it knows SQL but not Vietnamese.
public protocol SearchTokenizer: Sendable {
  /// Changes whenever the same text would give other terms, or another sort key; a store built by another
  /// version must rebuild its index.
  var version: String { get }

  /// Calls `emit` for each term of `text` (UTF-8), in order of position. A `colocated` term stands
  /// at the position of the one before it. Ranges are byte offsets into `text`. Emitting stops when
  /// `emit` returns false.
  func forEachTerm(
    in text: UnsafeBufferPointer<UInt8>, for purpose: TokenizingPurpose,
    _ emit: (_ term: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ colocated: Bool) -> Bool)

  /// The plain form (no marks, đ as d, lower case) of an index term, for looking up its toned forms.
  func plainForm(of term: UnsafeBufferPointer<UInt8>) -> [UInt8]

  /// Bytes that sort as texts do in the order of the language.
  func sortKey(of text: String) -> [UInt8]
}

public enum TokenizingPurpose: Sendable {
  /// Text on its way into the index.
  case document
  /// A term or phrase of a query; each term is emitted in its exact canonical form.
  case query
}
