/// What a person decided about a fact: ground state, laid over what the rules find.
public struct Correction: Sendable, Hashable {
  /// The rule that a corrected fact names.
  public static let rule = "correction"

  /// Counts from 1; 0 for one that is not kept yet.
  public let id: Int64
  public let article: ArticleID
  /// Where it speaks of the text: all bytes of both facts.
  public let anchor: TextAnchor
  /// As it was found; nil where one was missing.
  public let wrong: Fact?
  /// What stands in its place; nil where there is no fact. Of the two one is there.
  public let right: Fact?
  public let why: String
  public let who: String
  /// The user, as the kernel named him.
  public let uid: UInt32
  /// Nanoseconds since 1970-01-01.
  public let time: Int64

  public init(
    id: Int64 = 0, article: ArticleID, anchor: TextAnchor, wrong: Fact?, right: Fact?, why: String,
    who: String, uid: UInt32, time: Int64
  ) {
    self.id = id
    self.article = article
    self.anchor = anchor
    self.wrong = wrong
    self.right = right
    self.why = why
    self.who = who
    self.uid = uid
    self.time = time
  }

  /// The same under another number, and of the article that has that number in another store.
  public func kept(as id: Int64, on article: ArticleID) -> Correction {
    Correction(
      id: id, article: article, anchor: anchor, wrong: wrong, right: right, why: why, who: who,
      uid: uid, time: time)
  }

  /// Whether it is the same one, whatever its numbers.
  public func isSame(as other: Correction) -> Bool {
    kept(as: 0, on: article) == other.kept(as: 0, on: article)
  }

  /// How a correction stands to the facts of the text as it is now.
  public enum State: String, Sendable {
    /// The facts are as it says.
    case applied
    /// The rules by themselves find what it says.
    case agreed
    /// Another correction stands over it.
    case idle
    /// What it is about does not stand in the text any more, or at several places, or in another sentence
    /// that says something else: it changes nothing.
    case stale
  }
}

/// A place of a text by its bytes and by what stands there and around, so that it is found again in the
/// same text read another way.
public struct TextAnchor: Sendable, Hashable {
  /// UTF-8 bytes of the text in which it was set.
  public let range: TextRange
  public let words: String
  /// What stands before and behind: up to `reach` bytes, whole characters.
  public let before: String
  public let after: String

  public static let reach = 48

  public init(range: TextRange, words: String, before: String, after: String) {
    self.range = range
    self.words = words
    self.before = before
    self.after = after
  }

  /// Nil for a range that the text does not have, or that cuts a character.
  public init?(_ range: TextRange, in text: String) {
    let bytes = Array(text.utf8)
    guard range.end <= bytes.count,
      let words = String(validating: bytes[range.start..<range.end], as: UTF8.self)
    else { return nil }
    var first = max(0, range.start - Self.reach)
    while first < range.start, bytes[first] & 0xC0 == 0x80 { first += 1 }
    var last = min(bytes.count, range.end + Self.reach)
    while last > range.end, last < bytes.count, bytes[last] & 0xC0 == 0x80 { last -= 1 }
    self.init(
      range: range, words: words,
      before: String(decoding: bytes[first..<range.start], as: UTF8.self),
      after: String(decoding: bytes[range.end..<last], as: UTF8.self))
  }

  /// Where it stands in a text: at its own bytes where words and surroundings are the same, else where the
  /// words stand only once, or once in surroundings more like its own than all others. Nil where that
  /// tells no one place.
  public func place(in text: [UInt8]) -> TextRange? { find(in: text)?.range }

  /// As `place`, with how much of the surroundings is the same there: from 0 to 1.
  func find(in text: [UInt8]) -> (range: TextRange, likeness: Double)? {
    let wanted = Array(words.utf8)
    guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
    let (before, after) = (Array(self.before.utf8), Array(self.after.utf8))
    func likeness(_ start: Int) -> Int {
      let ahead = zip(text[..<start].reversed(), before.reversed()).prefix { $0 == $1 }.count
      return ahead + zip(text[(start + wanted.count)...], after).prefix { $0 == $1 }.count
    }
    let most = before.count + after.count
    if text[min(range.start, text.count)...].starts(with: wanted), likeness(range.start) == most {
      return (range, 1)
    }
    var found: [(start: Int, likeness: Int)] = []
    var start = 0
    while start <= text.count - wanted.count {
      if text[start] == wanted[0], text[start...].starts(with: wanted) {
        found.append((start, likeness(start)))
      }
      start += 1
    }
    found.sort { $0.likeness > $1.likeness }
    guard let best = found.first, found.count == 1 || best.likeness > found[1].likeness else {
      return nil
    }
    return (
      TextRange(best.start, best.start + wanted.count),
      most > 0 ? Double(best.likeness) / Double(most) : 1
    )
  }
}
