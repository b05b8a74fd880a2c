public import DanvanModel
internal import DanvanSQLite
internal import Synchronization

/// What of a store goes out.
public struct ExportOptions: Sendable {
  public var withFacts: Bool
  public var withOriginals: Bool
  /// Leave former revisions out.
  public var newestOnly: Bool

  public init(withFacts: Bool, withOriginals: Bool, newestOnly: Bool) {
    self.withFacts = withFacts
    self.withOriginals = withOriginals
    self.newestOnly = newestOnly
  }
}

/// The texts of a store as they were at one moment, read a few at a time.
///
/// Holds a read transaction: commits go on beside it, but their pages stay in the log beside the
/// database until it is let go.
public final class StoreExport: Sendable {
  public let cursor: DanvanModel.Cursor
  public let articles: Int
  /// Those of former revisions included, where they were asked for.
  public let texts: Int
  let store: Store
  let options: ExportOptions
  /// Nil: all.
  let selection: ArticleSet?
  let frozen: DatabaseSnapshot
  private let last = Mutex<Int64>(0)

  fileprivate init(_ store: Store, _ query: StoreQuery, _ options: ExportOptions) throws {
    self.store = store
    self.options = options
    frozen = try store.pool.makeSnapshot()
    let (selection, cursor, articles, texts) = try frozen.read { db in
      let snapshot = Snapshot(db: db, store: store)
      let selection = try snapshot.selection(query)
      let articles =
        try selection?.count ?? Int.fetchOne(db, sql: "SELECT count(*) FROM article") ?? 0
      let former = options.newestOnly ? 0 : try snapshot.formerTexts(of: selection)
      return (selection, try snapshot.headSequence(), articles, articles + former)
    }
    self.selection = selection
    self.cursor = store.cursor(cursor)
    self.articles = articles
    self.texts = texts
  }

  /// The next texts in the order in which they came, of some `byteLimit` bytes; none at the end.
  ///
  /// Throws `dataLoss` where one of them is damaged.
  public func next(byteLimit: Int) throws -> [ExchangedText] {
    do {
      return try frozen.read { db in
        let snapshot = Snapshot(db: db, store: store)
        var found: [ExchangedText] = []
        var bytes = 0
        while bytes < byteLimit {
          let places = try snapshot.places(after: last.withLock { $0 }, options)
          guard let end = places.last else { break }
          for place in places {
            last.withLock { $0 = place.sequence }
            guard selection?.contains(place.article.value) != false else { continue }
            let text = try snapshot.exchanged(place, self)
            bytes += text.article.text.utf8.count + (text.original?.submission.content.count ?? 0)
            found.append(text)
            if bytes >= byteLimit { return found }
          }
          last.withLock { $0 = end.sequence }
        }
        return found
      }
    } catch {
      throw StoreFailure.error(error)
    }
  }
}

extension Store {
  /// Begins an export of the articles that match, as of now.
  public func export(matching query: StoreQuery, _ options: ExportOptions) throws -> StoreExport {
    do {
      return try StoreExport(self, query, options)
    } catch {
      throw StoreFailure.error(error)
    }
  }
}
