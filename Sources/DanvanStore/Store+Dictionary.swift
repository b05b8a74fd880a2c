internal import DanvanModel
internal import DanvanSQLite
internal import DanvanZlib
internal import Dispatch
internal import Synchronization

extension Store {
  /// Trains a dictionary in the background once there are articles enough to train it from.
  func trainDictionaryIfDue() {
    guard dictionaries.isEmpty, days.withLock({ $0.count }) >= TextDictionaries.dueAt,
      isTraining.withLock({ training in
        defer { training = true }
        return !training
      })
    else { return }
    DispatchQueue.global(qos: .utility).async { [weak self] in
      // A store that closes meanwhile, or a full disk, goes on without.
      try? self?.trainDictionary()
    }
  }

  /// Trains a dictionary from the newest articles; texts that come later are compressed with it.
  func trainDictionary() throws {
    let texts = try read { snapshot in
      try Int64.fetchAll(snapshot.db, sql: "SELECT id FROM article ORDER BY id DESC LIMIT 400")
        .compactMap {
          try snapshot.article(ArticleID($0), parts: .text)?.text.map { Array($0.utf8) }
        }
    }
    let dictionary = DictionaryTraining.dictionary(of: texts)
    guard !dictionary.isEmpty else { return }
    try change { db in
      let insert = try SQLStatement(
        db, "INSERT INTO dictionary (adler, bytes) VALUES (?1, ?2)")
      insert.bind(1, Int64(Zlib.adler32(dictionary)))
      insert.bind(2, blob: dictionary)
      try insert.run()
    }
    // Only what is on disk may be needed to read a text.
    dictionaries.add(dictionary)
  }

  func loadDictionaries(_ db: Database) throws {
    let select = try SQLStatement(db, "SELECT bytes FROM dictionary ORDER BY id")
    while try select.step() { dictionaries.add(select.blob(0)) }
    select.reset()
  }
}
