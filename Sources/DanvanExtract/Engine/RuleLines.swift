/// On which line each entry of a JSON5 list begins, for messages: decoders do not say.
struct RuleLines {
  private var lines: [Int] = []

  /// Looks only for strings, comments and brackets; of a text that is no JSON5 the lines found so far
  /// are as good as any.
  init(_ contents: [UInt8]) {
    var line = 1
    var depth = 0
    var quote: UInt8?
    var place = 0
    while place < contents.count {
      let byte = contents[place]
      let next = place + 1 < contents.count ? contents[place + 1] : 0
      place += 1
      if byte == 0x0A { line += 1 }
      if let open = quote {
        if byte == UInt8(ascii: "\\") {
          if next == 0x0A { line += 1 }
          place += 1
        } else if byte == open {
          quote = nil
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
        while place < contents.count, contents[place] != 0x0A { place += 1 }
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        place += 1
        while place < contents.count,
          !(contents[place - 1] == UInt8(ascii: "*") && contents[place] == UInt8(ascii: "/"))
        {
          if contents[place] == 0x0A { line += 1 }
          place += 1
        }
        place += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 1 { lines.append(line) }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
    }
  }

  /// The line of that entry (both counted as users do: lines from 1, entries from 0); the last known
  /// one for an entry beyond.
  subscript(entry: Int) -> Int {
    lines.indices.contains(entry) ? lines[entry] : lines.last ?? 1
  }
}
