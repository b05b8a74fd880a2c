/// The piece of a text that shows best why it was found, on one line.
struct Snippet {
  let text: String
  /// UTF-8 bytes of `text`, in order and apart.
  let highlights: [Range<Int>]

  /// About so many bytes are shown, so many of them before the first hit.
  private static let length = 280
  private static let lead = 70

  /// `source` is UTF-8; nil where what would be shown of it is not.
  init?(of source: [UInt8], title: String?, _ finder: PhraseFinder) {
    let (shown, ranges) = source.withUnsafeBufferPointer { bytes in
      // The title is shown beside the snippet; without a hit the text after it says more.
      let opening = title.map { bytes.starts(with: $0.utf8) ? $0.utf8.count : 0 } ?? 0
      let matches = finder.matches(in: bytes) { matches, end in
        // Nothing better can follow a place where all phrases stand together.
        let body = matches.filter { $0.range.lowerBound >= opening }
        guard let best = Self.best(body), best.count == finder.count else { return false }
        return best.range.lowerBound + Self.length <= end
      }
      let body = matches.filter { $0.range.lowerBound >= opening }
      let shown = body.isEmpty ? matches : body
      guard let best = Self.best(shown) else { return Self.cut(bytes, from: opening, []) }
      let start = max(0, best.range.lowerBound - Self.lead)
      return Self.cut(bytes, from: start, shown.map(\.range))
    }
    guard let shown else { return nil }
    text = shown
    highlights = ranges
  }

  /// Where the most different phrases stand close together, the earliest of such places.
  private static func best(
    _ matches: [PhraseFinder.Match]
  ) -> (count: Int, range: Range<Int>)? {
    var best: (count: Int, range: Range<Int>)?
    var end = 0
    var inside: [Int: Int] = [:]
    for match in matches {
      let limit = match.range.lowerBound + length - lead
      while end < matches.count, matches[end].range.upperBound <= limit {
        inside[matches[end].phrase, default: 0] += 1
        end += 1
      }
      if inside.count > best?.count ?? -1 { best = (inside.count, match.range) }
      if let count = inside[match.phrase] {
        inside[match.phrase] = count > 1 ? count - 1 : nil
      }
    }
    return best
  }

  private static func cut(
    _ bytes: UnsafeBufferPointer<UInt8>, from wanted: Int, _ hits: [Range<Int>]
  ) -> (String?, [Range<Int>]) {
    let start = wordStart(bytes, wanted)
    var end = min(bytes.count, start + length)
    // Not through a hit, nor through a word.
    for hit in hits where hit.lowerBound < end && hit.upperBound > end { end = hit.upperBound }
    end = wordEnd(bytes, end, after: hits.last { $0.upperBound <= end }?.upperBound ?? start)
    var output: [UInt8] = start > 0 && wanted > 0 ? Array("… ".utf8) : []
    let offset = output.count - start
    for byte in bytes[start..<end] { output.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte) }
    var ranges: [Range<Int>] = []
    for hit in hits where hit.lowerBound >= start && hit.upperBound <= end {
      if let last = ranges.last, hit.lowerBound + offset < last.upperBound {
        let upper = max(last.upperBound, hit.upperBound + offset)
        ranges[ranges.count - 1] = last.lowerBound..<upper
      } else {
        ranges.append(hit.lowerBound + offset..<hit.upperBound + offset)
      }
    }
    while output.last == 0x20 { output.removeLast() }
    if end < bytes.count { output += Array(" …".utf8) }
    return (String(validating: output, as: UTF8.self), ranges)
  }

  /// The start of the first word at or after an offset, or the next scalar where words are long.
  private static func wordStart(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    var start = min(max(0, offset), bytes.count)
    if start > 0 {
      let near = bytes[start...].prefix(40).firstIndex { $0 <= 0x20 }
      start = near ?? start
      while start < bytes.count, isInside(bytes[start]) { start += 1 }
    }
    while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
    return start
  }

  private static func wordEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, after least: Int
  ) -> Int {
    guard offset < bytes.count else { return bytes.count }
    if let space = bytes[least..<offset].lastIndex(where: { $0 <= 0x20 }), offset - space < 40 {
      return space
    }
    var end = offset
    while end < bytes.count, isInside(bytes[end]) { end += 1 }
    return end
  }

  /// A byte that goes on with a scalar.
  private static func isInside(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
