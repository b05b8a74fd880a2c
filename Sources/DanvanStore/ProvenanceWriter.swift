internal import DanvanModel
internal import DanvanSQLite

/// Writes originals, sightings and groups of copies within one transaction.
struct ProvenanceWriter {
  private let db: Database
  private let time: Int64
  private let original: SQLStatement
  private let sighting: SQLStatement
  private let band: SQLStatement
  private let find: SQLStatement
  private let signature: SQLStatement
  private let copy: SQLStatement

  init(_ db: Database, time: Int64) throws {
    self.db = db
    self.time = time
    original = try SQLStatement(db, Seal.original.insertion("body", verb: "INSERT OR REPLACE"))
    sighting = try SQLStatement(
      db,
      """
      INSERT INTO sighting (article, source, url, first, last, times) VALUES (?1, ?2, ?3, ?4, ?4, 1)
      ON CONFLICT DO UPDATE SET last = ?4, times = times + 1
      """)
    band = try SQLStatement(db, "INSERT OR IGNORE INTO copy_band (hash, article) VALUES (?1, ?2)")
    find = try SQLStatement(db, "SELECT article FROM copy_band WHERE hash = ?1 LIMIT 50")
    signature = try SQLStatement(db, "SELECT head, signature FROM copy WHERE article = ?1")
    copy = try SQLStatement(db, "INSERT INTO copy (article, head, signature) VALUES (?1, ?2, ?3)")
  }

  /// Keeps the document, notes where it was seen, and groups the article with its copies.
  func add(_ provenance: Provenance, of id: Int64, revision: Int64) throws {
    try keep(provenance, of: id, revision: revision)
    try sight(provenance.sighting, of: id)
    if let signature = provenance.signature { try group(id, by: signature) }
  }

  /// Writes the document alone.
  func keep(_ provenance: Provenance, of id: Int64, revision: Int64) throws {
    original.bind(1, id)
    original.bind(2, revision)
    original.bind(3, provenance.mediaType)
    original.bind(4, Int64(provenance.reading.reader))
    original.bind(5, provenance.author)
    original.bind(6, try columnText(provenance.given))
    original.bind(7, try columnText(provenance.reading))
    original.bind(8, Int64(provenance.count))
    if let body = provenance.body {
      original.bind(9, blob: body)
    } else {
      original.bind(9, nil as Int64?)
    }
    try original.run()
  }

  /// Notes by which reader the document was read, and how.
  func noteReading(_ provenance: Provenance, of id: Int64, revision: Int64) throws {
    let note = try SQLStatement(
      db,
      """
      UPDATE original SET reader = ?3, author = ?4, reading = ?5 WHERE article = ?1 AND revision = ?2
      """)
    note.bind(1, id)
    note.bind(2, revision)
    note.bind(3, Int64(provenance.reading.reader))
    note.bind(4, provenance.author)
    note.bind(5, try columnText(provenance.reading))
    try note.run()
    let seal = try SQLStatement(
      db, "\(Seal.original.renewal) WHERE article = ?1 AND revision = ?2")
    seal.bind(1, id)
    seal.bind(2, revision)
    try seal.run()
  }

  func sight(_ place: SightingPlace, of id: Int64) throws {
    sighting.bind(1, id)
    sighting.bind(2, place.source)
    sighting.bind(3, place.url)
    sighting.bind(4, time)
    try sighting.run()
  }

  /// Puts an article into the group of the one most like it, or into that of `stated`.
  func group(_ id: Int64, by minima: [UInt32], under stated: Int64? = nil) throws {
    let hashes = CopyBands.hashes(minima)
    let head = try stated ?? headOfMostLike(minima, hashes) ?? id
    for hash in hashes {
      band.bind(1, hash)
      band.bind(2, id)
      try band.run()
    }
    copy.bind(1, id)
    copy.bind(2, head)
    copy.bind(3, blob: CopyBands.bytes(minima))
    try copy.run()
  }

  private func headOfMostLike(_ minima: [UInt32], _ hashes: [Int64]) throws -> Int64? {
    var seen: Set<Int64> = []
    var best: (head: Int64, agreement: Int)?
    for hash in hashes {
      for other in try articles(in: hash) where seen.insert(other).inserted {
        signature.bind(1, other)
        defer { signature.reset() }
        guard try signature.step() else { continue }
        let agreement = CopyBands.agreement(minima, CopyBands.minima(signature.blob(1)))
        if CopyBands.areCopies(agreement), agreement > best?.agreement ?? 0 {
          best = (signature.integer(0), agreement)
        }
      }
    }
    return best?.head
  }

  private func articles(in hash: Int64) throws -> [Int64] {
    find.bind(1, hash)
    defer { find.reset() }
    var articles: [Int64] = []
    while try find.step() { articles.append(find.integer(0)) }
    return articles
  }

  /// Forgets what an article came from and where it was seen.
  func remove(_ id: Int64) throws {
    for table in ["original", "sighting"] {
      try run("DELETE FROM \(table) WHERE article = ?1", id)
    }
  }

  /// Takes an article out of its group of copies; a group that loses its head gets the next oldest.
  func ungroup(_ id: Int64) throws {
    signature.bind(1, id)
    let minima = try signature.step() ? CopyBands.minima(signature.blob(1)) : []
    signature.reset()
    for hash in CopyBands.hashes(minima) {
      try run("DELETE FROM copy_band WHERE hash = ?2 AND article = ?1", id, hash)
    }
    try run("DELETE FROM copy WHERE article = ?1", id)
    try run(
      "UPDATE copy SET head = (SELECT min(article) FROM copy WHERE head = ?1) WHERE head = ?1", id)
  }

  private func run(_ sql: String, _ id: Int64, _ second: Int64? = nil) throws {
    let statement = try SQLStatement(db, sql)
    statement.bind(1, id)
    if let second { statement.bind(2, second) }
    try statement.run()
  }
}
