import DanvanSQLite
import TestSupport
import Testing

/// Cuts at spaces; `a/b` are two terms in one place.
private final class SlashTokenizer: FTS5Tokenizer {
  func tokenize(_ text: UnsafeBufferPointer<UInt8>, isQuery: Bool, into terms: inout FTS5Terms) {
    var start = 0
    var colocated = false
    for end in 0...text.count
    where end == text.count || text[end] == 0x20 || text[end] == 0x2F {
      if end > start {
        let term = UnsafeBufferPointer(rebasing: text[start..<end])
        guard terms.add(term, start..<end, colocated: colocated) else { return }
      }
      colocated = end < text.count && text[end] == 0x2F
      start = end + 1
    }
  }
}

@Suite struct TokenizerTests {
  @Test func termsAndTheirPlacesReachTheIndex() throws {
    let folder = try TemporaryDirectory()
    let pool = try DatabasePool(path: folder.path + "/one.db", readers: 1) { db in
      try db.addTokenizer("slash", SlashTokenizer())
    }
    try pool.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          CREATE VIRTUAL TABLE i USING fts5 (text, tokenize = 'slash');
          INSERT INTO i VALUES ('hội nghị/họp dân vận'), ('hội dân');
          """)
    }
    func found(_ query: String) throws -> [Int] {
      try pool.read {
        try Int.fetchAll(
          $0, sql: "SELECT rowid FROM i WHERE i MATCH ? ORDER BY rowid", arguments: [query])
      }
    }
    #expect(try found("\"hội họp dân\"") == [1])
    #expect(try found("\"hội nghị dân\"") == [1])
    #expect(try found("\"hội dân\"") == [2])
    #expect(try found("dân") == [1, 2])
    #expect(try found("khác") == [])
    let marked = try pool.read {
      try String.fetchOne(
        $0, sql: "SELECT highlight(i, 0, '[', ']') FROM i WHERE i MATCH 'vận'")
    }
    #expect(marked == "hội nghị/họp dân [vận]")
  }

  @Test func whatIsNotKnownToAConnectionIsAnError() throws {
    let folder = try TemporaryDirectory()
    let db = try Database(path: folder.path + "/one.db", mode: .readWrite)
    #expect(throws: DatabaseError.self) {
      try db.execute(sql: "CREATE VIRTUAL TABLE i USING fts5 (text, tokenize = 'slash')")
    }
  }
}
