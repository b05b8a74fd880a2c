internal import DanvanMessages
internal import DanvanModel
internal import DanvanService
internal import SwiftProtobuf

extension Danvan_V1_WatchEvent {
  init(_ watched: WatchedEvent, withText: Bool, acceptsZlib: Bool) {
    self.init()
    kind =
      switch watched.event.kind {
      case .added: .added
      case .removed: .removed
      case .factsRebuilt: .factsRebuilt
      case .updated: .updated
      case .rebuildEnded: .rebuildEnded
      }
    cursor = watched.cursor.description
    time = Timestamp(nanoseconds: watched.event.time).description
    articleID = watched.event.article.value
    if let found = watched.article {
      article = Danvan_V1_Article(found, withText: withText, acceptsZlib: acceptsZlib)
    }
    continues = watched.continues
  }

  /// A mark: how far a watch has come.
  init(_ kind: Kind, at cursor: Cursor) {
    self.init()
    self.kind = kind
    self.cursor = cursor.description
    time = Timestamp.now.description
  }
}
