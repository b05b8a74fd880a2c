internal import DanvanModel
internal import DanvanStore
internal import DanvanText

extension Article {
  /// The key that tells whether it is there already: two articles are one when their texts are equal
  /// once composed and with white space folded.
  var identity: [UInt8] {
    var canonical: [UInt8] = []
    canonical.reserveCapacity(text.utf8.count)
    for byte in NormalizedText(text).bytes {
      if byte > 0x20 {
        canonical.append(byte)
      } else if let last = canonical.last, last != 0x20 {
        canonical.append(0x20)
      }
    }
    if canonical.last == 0x20 { canonical.removeLast() }
    return Digest.identity(of: canonical)
  }
}
