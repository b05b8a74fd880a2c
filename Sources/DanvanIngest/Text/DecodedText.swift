import DanvanModel
import DanvanText

/// The text of a document's bytes, and by what encoding it was found.
///
/// A byte-order mark decides; then bytes that are well-formed UTF-8 are UTF-8 whatever anyone states;
/// then what the sender states, what the document declares, and at last a test: the 8-bit encodings
/// that Vietnamese was written in are tried, and the one taken under which nearly every marked word is
/// a Vietnamese syllable.
struct DecodedText {
  let text: String
  let encoding: String
  /// What to tell people of it; nil for UTF-8.
  let note: String?

  /// What is tried where nothing is stated. TCVN 5712 also reads TCVN3, the coding of the ABC fonts,
  /// whose capital fonts have no codes of their own: such capitals come out small.
  private static let candidates = ["WINDOWS-1258", "TCVN5712-1", "VISCII"]
  /// Below this share of syllables a guess is not trusted; of so few words neither.
  private static let trustedShare = 0.9
  private static let trustedCount = 3

  /// Throws `invalidArgument` where no encoding fits, naming the first byte that is not UTF-8.
  init(_ bytes: [UInt8], stated: String? = nil, declared: String? = nil) throws {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.init(try Self.utf8(bytes[3...], of: bytes), "UTF-8", nil)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      try self.init(bytes[2...], "UTF-16LE", "by its byte-order mark")
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      try self.init(bytes[2...], "UTF-16BE", "by its byte-order mark")
    } else if let order = Self.wideOrder(bytes) {
      try self.init(bytes[...], order, "by test")
    } else if let text = String(validating: bytes, as: UTF8.self) {
      self.init(text, "UTF-8", nil)
    } else if let stated = stated ?? declared, !Self.isUTF8(stated) {
      try self.init(bytes[...], stated, "as declared")
    } else if let guess = Self.guess(bytes) {
      self.init(guess.text, guess.encoding, "by test")
    } else {
      throw DanvanError.invalid(notUTF8(bytes))
    }
  }

  private init(_ text: String, _ encoding: String, _ basis: String?) {
    self.text = text
    self.encoding = encoding
    note = basis.map { "converted from \(encoding), \($0)" }
  }

  private init(_ bytes: ArraySlice<UInt8>, _ encoding: String, _ basis: String) throws {
    guard let converter = Converter(from: encoding) else {
      throw DanvanError.invalid("the encoding '\(encoding.prefix(40))' is not known")
    }
    guard let text = converter.text(of: bytes) else {
      throw DanvanError.invalid("not \(encoding), though it is declared so")
    }
    self.init(text, encoding.uppercased(), basis)
  }

  private static func utf8(_ body: ArraySlice<UInt8>, of bytes: [UInt8]) throws -> String {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw DanvanError.invalid(notUTF8(bytes))
    }
    return text
  }

  private static func isUTF8(_ name: String) -> Bool {
    ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(name.uppercased())
  }

  /// UTF-16 without a mark shows by the zeros beside its ASCII.
  private static func wideOrder(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(512)
    guard bytes.count >= 4, bytes.count.isMultiple(of: 2) else { return nil }
    let zeros = head.enumerated().reduce(into: (even: 0, odd: 0)) { counts, item in
      guard item.element == 0 else { return }
      if item.offset.isMultiple(of: 2) { counts.even += 1 } else { counts.odd += 1 }
    }
    let pairs = head.count / 2
    // Spaces, digits and unmarked letters are more than a third of any text of ours.
    if zeros.odd * 3 >= pairs, zeros.even == 0 { return "UTF-16LE" }
    if zeros.even * 3 >= pairs, zeros.odd == 0 { return "UTF-16BE" }
    return nil
  }

  private static func guess(_ bytes: [UInt8]) -> (text: String, encoding: String)? {
    guard !bytes.contains(0) else { return nil }
    var best: (text: String, encoding: String, share: Double)?
    for encoding in candidates {
      guard let text = Converter(from: encoding)?.text(of: bytes[...]) else { continue }
      let found = vietnameseShare(of: String(text.prefix(20_000)))
      guard found.count >= trustedCount, found.share >= trustedShare else { continue }
      if found.share > best?.share ?? 0 { best = (text, encoding, found.share) }
    }
    return best.map { ($0.text, $0.encoding) }
  }
}
