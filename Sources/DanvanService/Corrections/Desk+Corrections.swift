public import DanvanModel
internal import DanvanStore

/// What somebody says of a fact.
public struct CorrectionRequest: Sendable {
  /// As lists name it; empty where a fact is missing.
  public var fact = ""
  /// Where one is missing.
  public var article = ArticleID(0)
  public var isSpurious = false
  /// What it is, where that was wrong; needed of a missing one.
  public var type = ""
  /// Where it stands, where that was wrong; needed of a missing one.
  public var place: ExplainedPlaces?
  public var fields: [(name: String, value: String)] = []
  public var why = ""
  public var who = ""
  public var uid: UInt32 = 0

  public init() {}
}

/// A correction with how it stands to the article's facts now.
public struct CorrectionItem: Sendable {
  public let correction: Correction
  public let state: Correction.State

  /// `article` with text and facts.
  static func list(_ corrections: [Correction], on article: StoredArticle) -> [CorrectionItem] {
    corrections.map { correction in
      CorrectionItem(
        correction: correction,
        state: (article.facts ?? Facts()).state(of: correction, in: article.text ?? ""))
    }
  }
}

extension Desk {
  /// Keeps what somebody says of a fact, and lays it over the article's facts, with an event; on disk on
  /// return.
  ///
  /// Throws `notFound` for a fact or words that are not there, `invalidArgument` for what cannot be or says
  /// nothing new, `aborted` where the article's text was changed meanwhile.
  public func correct(_ request: CorrectionRequest) throws -> CorrectionItem {
    let reference = try request.fact.isEmpty ? nil : FactReference(request.fact)
    let id = reference?.article ?? request.article
    let stored = try article(id, parts: [.text, .facts])
    let wrong = try reference?.fact(in: stored.facts ?? Facts())
    let right = try Self.right(request, for: wrong, in: stored)
    guard let anchor = Self.anchor(wrong, right, in: stored.text ?? "") else {
      throw DanvanError.invalid("these bytes are not in the text, or cut a letter")
    }
    guard (1...200).contains(request.who.utf8.count), request.why.utf8.count <= 4_000 else {
      throw DanvanError.invalid("who says so has 1 to 200 bytes, and why at most 4,000")
    }
    let correction = Correction(
      article: id, anchor: anchor, wrong: wrong, right: right, why: request.why, who: request.who,
      uid: request.uid, time: Store.now())
    let number = try change(stored, .add(correction))
    guard let made = try corrections(of: id).first(where: { $0.correction.id == number }) else {
      throw DanvanError(.aborted, "the correction was taken back at once")
    }
    return made
  }

  /// The corrections of an article, the oldest first.
  public func corrections(of id: ArticleID) throws -> [CorrectionItem] {
    try store.read { try Self.items(try $0.corrections(of: id), in: $0) }
  }

  /// A page of the corrections of an article, or of all, the oldest first, behind the one that `after` names;
  /// and what names the last of it, empty where no more follow. Throws `invalidArgument` for what names none.
  public func corrections(of id: ArticleID?, after: String, limit: Int) throws
    -> (items: [CorrectionItem], next: String)
  {
    let place = after.split(separator: ".").compactMap { Int64($0) }
    guard after.isEmpty || place.count == 2 else {
      throw DanvanError.invalid("'\(after.prefix(60))' is not the `next` of a list of corrections")
    }
    return try store.read { snapshot in
      // One more tells whether there is another page.
      let found = try snapshot.corrections(
        of: id, after: place.first ?? .min, id: place.last ?? .min, limit: limit + 1)
      let page = found.prefix(limit)
      let next = found.count > limit ? page.last.map { "\($0.time).\($0.id)" } : nil
      return (try Self.items(Array(page), in: snapshot), next ?? "")
    }
  }

  private static func items(_ corrections: [Correction], in snapshot: Snapshot) throws
    -> [CorrectionItem]
  {
    let shelf = ArticleShelf(snapshot)
    return try corrections.map { correction in
      guard let article = try shelf.article(correction.article) else {
        return CorrectionItem(correction: correction, state: .stale)
      }
      return CorrectionItem.list([correction], on: article)[0]
    }
  }

  /// Takes a correction back: what the rules find stands again. Throws `notFound`.
  public func forgetCorrection(_ id: Int64) throws {
    guard let known = try store.read({ try $0.correction(id) }) else {
      throw DanvanError(.notFound, "there is no correction \(id)")
    }
    _ = try change(try article(known.article, parts: [.text, .facts]), .forget(id))
  }

  private func change(_ stored: StoredArticle, _ change: CorrectionChange) throws -> Int64 {
    let visit = foreground.enter()
    defer { visit.end() }
    let facts = try engine.facts(in: Article(stored))
    let (id, head) = try store.correct(stored.id, change, facts: facts, of: stored.header.sha256)
    wakeWatchers(upTo: head)
    if facts.ruleSet != ruleSet { rebuilding.ask() }
    return id
  }

  /// The fact that is to stand; nil for none.
  private static func right(
    _ request: CorrectionRequest, for wrong: Fact?, in stored: StoredArticle
  ) throws -> Fact? {
    if request.isSpurious {
      guard wrong != nil, request.type.isEmpty, request.fields.isEmpty, request.place == nil else {
        throw DanvanError.invalid("a spurious fact is named, and nothing else is said of it")
      }
      return nil
    }
    let text = stored.text ?? ""
    let range = try place(request, wrong, in: text)
    let bytes = Array(text.utf8)
    guard range.end <= bytes.count,
      let words = String(validating: bytes[range.start..<range.end], as: UTF8.self)
    else { throw DanvanError.invalid("these bytes cut a letter") }
    guard Self.standsAlone(words, range, in: bytes) else {
      throw DanvanError.invalid(
        "'\(words.prefix(60))' begins or ends within a word or with a space")
    }
    let right = try FactEdit(type: request.type, fields: request.fields)
      .edited(wrong, at: range, words: words)
    if let wrong, wrong.says(right) {
      throw DanvanError.invalid("that is what it says already; name what is to be another")
    }
    if stored.facts?.correctable.contains(where: { $0.says(right) }) ?? false {
      throw DanvanError(.alreadyExists, "there is such a fact already")
    }
    return right
  }

  /// Whether the words are whole and have no space around them.
  private static func standsAlone(_ words: String, _ range: TextRange, in text: [UInt8]) -> Bool {
    func scalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
      String(decoding: bytes, as: UTF8.self).unicodeScalars.first
    }
    func isOfAWord(_ scalar: Unicode.Scalar?) -> Bool {
      guard let properties = scalar?.properties else { return false }
      return properties.isAlphabetic || properties.numericType != nil
        || properties.generalCategory == .nonspacingMark
    }
    guard let first = words.unicodeScalars.first, let last = words.unicodeScalars.last,
      !first.properties.isWhitespace, !last.properties.isWhitespace
    else { return false }
    let start = text[..<range.start].lastIndex { $0 & 0xC0 != 0x80 } ?? range.start
    let before = scalar(text[start..<range.start])
    let after = scalar(text[range.end...].prefix(4))
    return !(isOfAWord(before) && isOfAWord(first)) && !(isOfAWord(last) && isOfAWord(after))
  }

  /// Where the right fact stands: as asked, else where the wrong one does.
  private static func place(_ request: CorrectionRequest, _ wrong: Fact?, in text: String) throws
    -> TextRange
  {
    guard let wanted = request.place else {
      guard let wrong else {
        throw DanvanError.invalid("a missing fact wants its place: words or bytes of the text")
      }
      return wrong.range
    }
    var places = try wanted.places(in: text)
    if let wrong { places = places.filter(wrong.range.overlaps) }
    guard places.count == 1, let place = places.first else {
      guard !places.isEmpty else {
        throw DanvanError.invalid(
          """
          the right place does not touch the wrong one; say that the one is spurious and the \
          other missing
          """)
      }
      let list = places.map { "\($0.start)-\($0.end)" }.joined(separator: ", ")
      throw DanvanError.invalid(
        "these words stand at several places; give one of the bytes \(list)")
    }
    return place
  }

  private static func anchor(_ wrong: Fact?, _ right: Fact?, in text: String) -> TextAnchor? {
    let ranges = [wrong, right].compactMap { $0?.range }
    guard let start = ranges.map(\.start).min(), let end = ranges.map(\.end).max() else {
      return nil
    }
    return TextAnchor(TextRange(start, end), in: text)
  }
}
