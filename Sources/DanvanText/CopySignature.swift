/// The minima of a text's shingles under 48 hashes, by which copies of one another are found.
///
/// Two signatures agree in about as many places as the texts have shingles in common (Broder, "On the
/// resemblance and containment of documents", 1997). A shingle is four words or numbers in a row, by
/// their keys: case, tone placement, i/y and the form of composition do not matter.
public struct CopySignature: Sendable, Equatable {
  public static let count = 48
  private static let shingle = 4
  /// Shorter texts have no signature: of so few shingles chance would make copies.
  private static let leastShingles = 20
  public let minima: [UInt32]

  /// Nil for a text of fewer than 23 words.
  public init?(of text: String) {
    let keys = Tokens(NormalizedText(text)).lazy
      .filter { $0.kind == .word || $0.kind == .number }.map(\.key)
    let words = Array(keys)
    guard words.count >= Self.leastShingles + Self.shingle - 1 else { return nil }
    var minima = [UInt32](repeating: .max, count: Self.count)
    minima.withUnsafeMutableBufferPointer { minima in
      for start in 0...(words.count - Self.shingle) {
        var hash: UInt64 = 0
        for word in words[start..<(start + Self.shingle)] { hash = Hashing.mix(hash ^ word) }
        for place in 0..<Self.count {
          // Multiply-shift (Dietzfelbinger and others, 1997): the odd factors are fixed for ever.
          let value = UInt32(
            truncatingIfNeeded: (hash &* Self.factors[place] &+ Self.offsets[place]) >> 32)
          if value < minima[place] { minima[place] = value }
        }
      }
    }
    self.minima = minima
  }

  private static let factors = (0..<count).map { Hashing.mix(UInt64($0) + 1) | 1 }
  private static let offsets = (0..<count).map { Hashing.mix(UInt64($0) + 1_000) }
}
