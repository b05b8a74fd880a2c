public import DanvanModel
internal import DanvanSQLite

/// A name of the register.
public struct KnownName: Sendable, Hashable {
  public let id: Int64
  /// Its index terms joined by spaces, which all spellings share.
  public let canonical: String
  /// As the best spelling writes it.
  public let text: String
}

/// An office, with its body where it has one.
public struct KnownPost: Sendable, Hashable {
  public let id: Int64
  /// The index terms of office and body.
  public let canonical: String
  public let role: String
  public let body: String?
  /// 0: none.
  public let bodyName: Int64
}

/// That an article says of a person to hold a post.
public struct KnownPosition: Sendable, Hashable {
  public let person: Int64
  /// Days since 1970-01-01; nil where the article has none.
  public let day: Int32?
  public let article: ArticleID
  /// Of the position among those of the article.
  public let number: Int
  public let post: Int64
  /// The article states its day; else it was taken from an event that it tells of.
  public let isFirm: Bool
}

/// A name's part in a fact.
public struct KnownPart: Sendable, Hashable {
  public let day: Int32?
  public let article: ArticleID
  /// Of the fact among those of its kind in the article.
  public let number: Int
  public let detail: Int64
}

extension Snapshot {
  /// The name of that canonical form.
  public func name(canonical: String) throws -> KnownName? {
    try names("canonical = ?1", canonical).first
  }

  /// The names that read so without marks.
  public func names(plain: String) throws -> [KnownName] { try names("plain = ?1", plain) }

  /// The names that end so without marks: bodies of a place.
  public func names(plainEnding ending: String) throws -> [KnownName] {
    try names("plain LIKE '%' || ?1", ending)
  }

  /// The names that hold these plain words in a row; at most `limit`, the shortest first.
  public func names(holding plain: String, limit: Int) throws -> [KnownName] {
    try names(
      "' ' || plain || ' ' LIKE '% ' || ?1 || ' %' ORDER BY length(plain), id LIMIT \(limit)", plain
    )
  }

  public func name(_ id: Int64) throws -> KnownName? {
    let select = try SQLStatement(db, "SELECT id, canonical, text FROM name WHERE id = ?1")
    select.bind(1, id)
    defer { select.reset() }
    return try select.step() ? Self.name(select) : nil
  }

  private func names(_ condition: String, _ value: String) throws -> [KnownName] {
    let select = try SQLStatement(
      db, "SELECT id, canonical, text FROM name WHERE \(condition)")
    select.bind(1, value)
    defer { select.reset() }
    var names: [KnownName] = []
    while try select.step() { names.append(Self.name(select)) }
    return names
  }

  private static func name(_ row: SQLStatement) -> KnownName {
    KnownName(id: row.integer(0), canonical: row.text(1) ?? "", text: row.text(2) ?? "")
  }

  public func post(_ id: Int64) throws -> KnownPost? {
    try posts("id = ?1") { $0.bind(1, id) }.first
  }

  /// The posts of a body.
  public func posts(ofBody name: Int64) throws -> [KnownPost] {
    try posts("body_name = ?1") { $0.bind(1, name) }
  }

  /// The posts whose canonical (or, with `plain`, plain) form holds these words, in this order.
  public func posts(holding words: [String], plain: Bool) throws -> [KnownPost] {
    let pattern = "% " + words.joined(separator: " % ") + " %"
    // `%` between two words stands for none too, so the space between them is doubled.
    let spaced = plain ? "plain" : "canonical"
    return try posts("' ' || replace(\(spaced), ' ', '  ') || ' ' LIKE ?1") { $0.bind(1, pattern) }
  }

  /// The post of that canonical form.
  public func post(canonical: String) throws -> KnownPost? {
    try posts("canonical = ?1") { $0.bind(1, canonical) }.first
  }

  /// The posts that go on from a canonical form and that somebody is said to hold.
  public func posts(continuing canonical: String) throws -> [KnownPost] {
    // `!` is what comes behind the space in the order of bytes.
    let condition = "canonical > ?1 || ' ' AND canonical < ?1 || '!'"
    return try posts(condition + " AND EXISTS (SELECT 1 FROM position WHERE post = post.id)") {
      $0.bind(1, canonical)
    }
  }

  func posts(_ condition: String, _ bind: (SQLStatement) -> Void) throws -> [KnownPost] {
    let select = try SQLStatement(
      db, "SELECT id, canonical, role, body, body_name FROM post WHERE \(condition)")
    bind(select)
    defer { select.reset() }
    var posts: [KnownPost] = []
    while try select.step() {
      posts.append(
        KnownPost(
          id: select.integer(0), canonical: select.text(1) ?? "", role: select.text(2) ?? "",
          body: select.text(3), bodyName: select.integer(4)))
    }
    return posts
  }

  /// What articles say of a person's posts, the oldest first, undated ones before all.
  public func positions(ofPerson name: Int64) throws -> [KnownPosition] {
    try positions("person = ?1 ORDER BY day, article, number") { $0.bind(1, name) }
  }

  /// Who is said to hold a post, the oldest first.
  public func positions(ofPost post: Int64) throws -> [KnownPosition] {
    try positions("post = ?1 ORDER BY day, article, number") { $0.bind(1, post) }
  }

  /// All that is said of posts on those days, in their order.
  public func positions(in days: ClosedRange<Int32>) throws -> [KnownPosition] {
    try positions("day BETWEEN ?1 AND ?2 ORDER BY day, article, number") {
      $0.bind(1, Int64(days.lowerBound))
      $0.bind(2, Int64(days.upperBound))
    }
  }

  private func positions(_ condition: String, _ bind: (SQLStatement) -> Void) throws
    -> [KnownPosition]
  {
    let select = try SQLStatement(
      db, "SELECT person, day, article, number, post, firm FROM position WHERE \(condition)")
    bind(select)
    defer { select.reset() }
    var positions: [KnownPosition] = []
    while try select.step() {
      positions.append(
        KnownPosition(
          person: select.integer(0), day: Self.day(select.integer(1)),
          article: ArticleID(select.integer(2)), number: Int(select.integer(3)),
          post: select.integer(4), isFirm: select.integer(5) != 0))
    }
    return positions
  }

  /// Where a name has that part in facts, the newest first; name 0 and the role of a kind: all facts
  /// of the kind. An article without a day has none of `days`.
  public func parts(
    of name: Int64, as role: RegisterRole, in days: ClosedRange<Int32>? = nil
  ) throws -> [KnownPart] {
    let select = try SQLStatement(
      db,
      """
      SELECT day, article, number, detail FROM part
      WHERE name = ?1 AND role = ?2 AND day BETWEEN ?3 AND ?4
      ORDER BY day DESC, article DESC, number DESC
      """)
    select.bind(1, name)
    select.bind(2, role.rawValue)
    select.bind(3, days.map { Int64($0.lowerBound) } ?? Int64.min)
    select.bind(4, days.map { Int64($0.upperBound) } ?? Int64.max)
    defer { select.reset() }
    var parts: [KnownPart] = []
    while try select.step() {
      parts.append(
        KnownPart(
          day: Self.day(select.integer(0)), article: ArticleID(select.integer(1)),
          number: Int(select.integer(2)), detail: select.integer(3)))
    }
    return parts
  }

  /// The persons whom an article names.
  public func persons(in article: ArticleID) throws -> [Int64] {
    let select = try SQLStatement(db, "SELECT name FROM part WHERE article = ?1 AND role = 1")
    select.bind(1, article.value)
    defer { select.reset() }
    var persons: [Int64] = []
    while try select.step() { persons.append(select.integer(0)) }
    return persons
  }

  private static func day(_ stored: Int64) -> Int32? {
    stored == RegisterRows.undated ? nil : Int32(clamping: stored)
  }
}
