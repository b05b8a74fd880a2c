/// A text with `{1}`, `{2}` … in it.
public struct MessageTemplate: Sendable {
  /// What stands around the places, one more than there are places.
  private var literals: [String] = [""]
  /// The numbers, in the order of the text.
  public private(set) var places: [Int] = []

  public init(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "{")) else {
      literals = [text]
      return
    }
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      let inner = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(inner), inner.endIndex < rest.endIndex, rest[inner.endIndex] == "}"
      else {
        literals[literals.count - 1] += rest[...open]
        rest = rest[rest.index(after: open)...]
        continue
      }
      literals[literals.count - 1] += rest[..<open]
      literals.append("")
      places.append(number)
      rest = rest[rest.index(after: inner.endIndex)...]
    }
    literals[literals.count - 1] += rest
  }

  /// Whether it stands behind a sentence.
  var isHint: Bool { literals[0].hasPrefix("; ") }

  /// A place for which there is no value stays as it is written.
  public func filled(_ value: (Int) -> String?) -> String {
    zip(places, literals.dropFirst()).reduce(into: literals[0]) { text, next in
      text += (value(next.0) ?? "{\(next.0)}") + next.1
    }
  }

  /// What stands at the places of `text`, by their numbers, each as short as may be; nil where it is no
  /// instance of this template.
  func match(_ text: String) -> [Int: String]? {
    let texts = literals.map { Array($0.utf8) }
    let bytes = Array(text.utf8)
    guard let first = texts.first, let last = texts.last, bytes.starts(with: first) else {
      return nil
    }
    guard !places.isEmpty else { return bytes.count == first.count ? [:] : nil }
    guard bytes.count >= first.count + last.count, bytes.suffix(last.count).elementsEqual(last)
    else {
      return nil
    }
    var rest = bytes[first.count..<(bytes.count - last.count)]
    var values: [Int: String] = [:]
    for (place, literal) in zip(places, texts.dropFirst().dropLast()) {
      guard !literal.isEmpty,
        let start = rest.indices.first(where: { rest[$0...].starts(with: literal) })
      else { return nil }
      values[place] = String(decoding: rest[..<start], as: UTF8.self)
      rest = rest[(start + literal.count)...]
    }
    if let place = places.last { values[place] = String(decoding: rest, as: UTF8.self) }
    return values
  }
}
