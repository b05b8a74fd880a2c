public import DanvanModel
public import DanvanStore
internal import DanvanText

/// What changed from one revision of an article to another.
public struct RevisionDiff: Sendable {
  public let from: StoredRevision
  public let to: StoredRevision
  /// Fields that are others: their name, what it was, what it is.
  public let fields: [(field: String, before: String?, after: String?)]
  /// In the order of the texts: what both have, and what only one of them has.
  public let text: [Stretch]
  public let lost: Facts
  public let gained: Facts

  public enum Stretch: Sendable, Equatable {
    case kept(String)
    case removed(String)
    case added(String)
  }
}

extension Desk {
  /// Every text that an article has had, the first one first.
  public func revisions(of id: ArticleID) throws -> [StoredRevision] {
    try store.read { try $0.revisions(of: id) }
  }

  /// Compares two revisions: without `to` the newest, without `from` the one before `to`. The facts of
  /// both are found by the rule set in use. What `check` throws, called now and then, ends the work.
  ///
  /// Throws `notFound` where there is no such article or revision, `failedPrecondition` for an article that
  /// has had one text only, `dataLoss` where a text is damaged.
  public func diff(
    _ id: ArticleID, from: Int?, to: Int?, check: () throws -> Void = {}
  ) throws -> RevisionDiff {
    let visit = foreground.enter()
    defer { visit.end() }
    let engine = self.engine
    let (old, new) = try store.read { snapshot in
      guard let newest = try snapshot.header(id)?.revision else {
        throw DanvanError(.notFound, "there is no article \(id)")
      }
      let to = to ?? newest
      guard from != nil || to > 1 else {
        throw DanvanError(
          .failedPrecondition,
          newest == 1
            ? "article \(id) has had one text only" : "there is no revision before the first")
      }
      func revision(_ number: Int) throws -> (StoredRevision, Article) {
        guard let found = try snapshot.revision(number, of: id) else {
          throw DanvanError(
            .notFound, "article \(id) has no revision \(number); its newest is \(newest)")
        }
        return found
      }
      return (try revision(from ?? to - 1), try revision(to))
    }
    let before = try engine.facts(in: old.1, check: check)
    let after = try engine.facts(in: new.1, check: check)
    var diff = fields(old.1, before, new.1, after)
    diff.removeAll { $0.before == $0.after }
    return RevisionDiff(
      from: old.0, to: new.0, fields: diff,
      text: TextDiff(from: old.1.text, to: new.1.text).stretches.map { stretch in
        switch stretch.change {
        case .kept: .kept(stretch.text)
        case .removed: .removed(stretch.text)
        case .added: .added(stretch.text)
        }
      },
      lost: before.without(after), gained: after.without(before))
  }

  private func fields(_ old: Article, _ before: Facts, _ new: Article, _ after: Facts)
    -> [(field: String, before: String?, after: String?)]
  {
    [
      ("title", old.title, new.title),
      ("publisher", old.publisher, new.publisher),
      ("published", old.published?.description, new.published?.description),
      ("date", before.date?.date.description, after.date?.date.description),
      ("source", before.source, after.source),
    ]
  }
}
