internal import DanvanModel
internal import DanvanText

/// The tokenizer of DanvanText as the store asks for one.
struct SyllableTokenizer: SearchTokenizer {
  private let base = VietnameseSearchTokenizer()

  var version: String { "\(base.version), \(VietnameseOrder.version)" }

  func forEachTerm(
    in text: UnsafeBufferPointer<UInt8>, for purpose: TokenizingPurpose,
    _ emit: (UnsafeBufferPointer<UInt8>, Range<Int>, Bool) -> Bool
  ) {
    base.forEachTerm(in: text, joiningCapitals: purpose == .document, emit)
  }

  func plainForm(of term: UnsafeBufferPointer<UInt8>) -> [UInt8] { base.plainForm(of: term) }

  func sortKey(of text: String) -> [UInt8] { VietnameseOrder.key(text) }
}

extension SearchTokenizer {
  /// The terms of a short text, each with those that stand at its place.
  func places(of text: String) -> [[[UInt8]]] {
    var places: [[[UInt8]]] = []
    var text = text
    text.withUTF8 { bytes in
      forEachTerm(in: bytes, for: .document) { term, _, colocated in
        if colocated, !places.isEmpty {
          places[places.count - 1].append(Array(term))
        } else {
          places.append([Array(term)])
        }
        return true
      }
    }
    return places
  }

  func plain(_ term: [UInt8]) -> [UInt8] { term.withUnsafeBufferPointer { plainForm(of: $0) } }
}
