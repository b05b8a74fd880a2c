internal import DanvanExtract
internal import DanvanModel
internal import DanvanStore
internal import DanvanText

/// What the rule set knows of posts: their level of government, and which words of them say nothing
/// about who holds them.
struct Offices: Sendable {
  /// From the highest to the lowest.
  enum Level: String, Comparable, CaseIterable {
    case central, leader, province, district, commune

    static func < (a: Level, b: Level) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  private var levels: [[Substring]: Level?] = [:]
  private var longestCue = 0
  /// Roles and heads of bodies that stand everywhere, as sequences of terms.
  private var common: Set<[Substring]> = []
  private var longestCommon = 0
  private var credentials: Set<String> = []
  private var former: Set<[Substring]> = []
  /// Words of which names of bodies are made: their heads, their fields, whole names, and what joins these.
  private var ofBodies: Set<[Substring]> = []
  private var longestOfBodies = 0
  /// What tells that several persons hold a post at a time.
  private var shared: Set<[Substring]> = []
  private var longestShared = 0
  private var surnames: Set<String> = []
  /// What bodies are for: `y tế` of `sở y tế`.
  private var fields: Set<[Substring]> = []

  init() {}

  /// Throws `failedPrecondition` where the rule set lacks a list.
  init(_ rules: RuleSet) throws {
    var names = NameReader(tokenizer: SyllableTokenizer())
    for (word, level) in try rules.words("office-levels") {
      guard let terms = Self.terms(word, &names) else { continue }
      levels[terms] = .some(Level(rawValue: level))
      longestCue = max(longestCue, terms.count)
    }
    for (word, kind) in try rules.words("roles") {
      guard let terms = Self.terms(word, &names) else { continue }
      common.insert(terms)
      if kind == "academic" || kind == "rank" || kind == "expert" {
        credentials.insert(terms.joined(separator: " "))
      }
    }
    for list in ["local-bodies", "title-prefixes", "title-qualifiers"] {
      for (word, _) in try rules.words(list) {
        if let terms = Self.terms(word, &names) { common.insert(terms) }
      }
    }
    former = Set(
      try rules.words("title-prefixes").filter { $0.role == "former" }
        .compactMap { Self.terms($0.word, &names) })
    longestCommon = common.map(\.count).max() ?? 0
    for list in ["body-fields", "body-heads", "bodies"] {
      for (word, _) in try rules.words(list) {
        if let terms = Self.terms(word, &names) { ofBodies.insert(terms) }
      }
    }
    for (word, role) in try rules.words("grammar-words") where role == "and" {
      if let terms = Self.terms(word, &names) { ofBodies.insert(terms) }
    }
    longestOfBodies = ofBodies.map(\.count).max() ?? 0
    shared = Set(try rules.words("shared-offices").compactMap { Self.terms($0.word, &names) })
    longestShared = shared.map(\.count).max() ?? 0
    fields = Set(try rules.words("body-fields").compactMap { Self.terms($0.word, &names) })
    surnames = Set(
      try rules.words("surnames").compactMap { Self.terms($0.word, &names)?.first.map(String.init) }
    )
  }

  /// The lowest level that the post's words tell; nil where they tell none.
  func level(of post: String) -> Level? {
    stretches(of: post, upTo: longestCue) { levels[$0] != nil }
      .compactMap { $0.isKnown ? levels[$0.terms] ?? nil : nil }.max()
  }

  /// The terms that tell one post from another of its kind: the field, the place, the firm.
  func anchors(of post: String) -> Set<Substring> {
    let stretches = stretches(of: post, upTo: max(longestCommon, longestCue)) {
      common.contains($0) || levels[$0] != nil
    }
    return Set(stretches.filter { !$0.isKnown }.flatMap(\.terms))
  }

  /// Whether something in the post's words is of no list: a place, a name of its own. A `Giám đốc Sở Y tế` is one
  /// of sixty, a `Giám đốc Sở Y tế Hà Nội` is not.
  func hasOwnName(_ post: String) -> Bool {
    stretches(of: post, upTo: max(longestCommon, longestCue, longestOfBodies)) {
      common.contains($0) || levels[$0] != nil || ofBodies.contains($0)
    }.contains { !$0.isKnown }
  }

  /// The place by which a body or place is told: what stands behind the last word that tells a level, as
  /// `hà nội` in `thành ủy hà nội`. Nil where nothing does.
  func place(of name: String) -> String? {
    let stretches = stretches(of: name, upTo: longestCue) { levels[$0] != nil }
    guard let cue = stretches.lastIndex(where: \.isKnown), cue + 1 < stretches.count else {
      return nil
    }
    let rest = stretches[(cue + 1)...].flatMap(\.terms)
    let isField = (1...rest.count).contains { fields.contains(Array(rest.prefix($0))) }
    return isField ? nil : rest.joined(separator: " ")
  }

  /// Whether it is a degree or rank, which is no post.
  func isCredential(_ role: String) -> Bool { credentials.contains(role) }

  /// Whether the office is one that its holder no longer has: `nguyên Chủ tịch`, but not `cố vấn`.
  func isFormer(_ post: String) -> Bool {
    let stretches = stretches(of: post, upTo: longestCommon) { common.contains($0) }
    return stretches.first.map { former.contains($0.terms) } ?? false
  }

  /// Whether several persons hold such a post at a time: a `Phó Chủ tịch`, an `Ủy viên`.
  func isShared(_ post: String) -> Bool {
    let terms = post.split(separator: " ")
    return terms.indices.contains { start in
      (1...max(1, longestShared)).contains { count in
        start + count <= terms.count && shared.contains(Array(terms[start..<start + count]))
      }
    }
  }

  /// Whether two names of holders of one post are spellings of one: the same without marks, or one is the end
  /// of the other. Names that are not built as Vietnamese ones are written in many ways, and may differ by a
  /// letter or two.
  func areSpellingsOfOne(_ a: KnownName, _ b: KnownName) -> Bool {
    let (left, right) = (plainForm(a.canonical), plainForm(b.canonical))
    if left == right || left.hasSuffix(" \(right)") || right.hasSuffix(" \(left)") { return true }
    return !isShareable(a.canonical) && nearestName(to: left, among: [right]) != nil
  }

  /// Whether a name is built as Vietnamese names are, of which many persons may share one.
  func isShareable(_ name: String) -> Bool {
    let terms = name.split(separator: " ")
    guard let first = terms.first else { return false }
    return surnames.isEmpty || (terms.count > 1 && surnames.contains(String(first)))
  }

  /// The post cut into the longest stretches that are known, and single terms that are not.
  private func stretches(
    of post: String, upTo longest: Int, where isKnown: ([Substring]) -> Bool
  ) -> [(terms: [Substring], isKnown: Bool)] {
    let terms = post.split(separator: " ")
    var stretches: [(terms: [Substring], isKnown: Bool)] = []
    var start = 0
    while start < terms.count {
      var count = min(longest, terms.count - start)
      while count > 0, !isKnown(Array(terms[start..<start + count])) { count -= 1 }
      stretches.append((Array(terms[start..<start + max(count, 1)]), count > 0))
      start += max(count, 1)
    }
    return stretches
  }

  private static func terms(_ word: String, _ names: inout NameReader) -> [Substring]? {
    names.name(word)?.canonical.split(separator: " ")
  }
}
