internal import Synchronization

/// What facets were counted from last, in memory: the blocks of articles, and how those articles write the names
/// that were shown.
///
/// A block of which all 64 articles are given stays as it is; a removal, a new text or other facts of an article
/// clear everything.
final class FacetMemory: Sendable {
  /// The name of a value in an article.
  struct Name: Hashable, Sendable {
    let article: Int64
    let key: UInt64
  }
  private struct State {
    /// By their numbers.
    var blocks: [[UInt8]?] = []
    var blockBytes = 0
    var names: [Name: String] = [:]
  }
  private let state = Mutex(State())
  /// Of blocks, the first that are read; those of some 150,000 articles.
  private static let byteLimit = 16 << 20
  private static let nameLimit = 20_000

  func clear() { state.withLock { $0 = State() } }

  var blocks: [[UInt8]?] { state.withLock { $0.blocks } }

  /// Keeps blocks by their numbers, where `isCurrent` says that nothing was cleared since they were read.
  func keep(_ blocks: [(number: Int, bytes: [UInt8])], if isCurrent: () -> Bool) {
    state.withLock { state in
      guard isCurrent() else { return }
      for (number, bytes) in blocks where state.blockBytes + bytes.count <= Self.byteLimit {
        while state.blocks.count <= number { state.blocks.append(nil) }
        guard state.blocks[number] == nil else { continue }
        state.blocks[number] = bytes
        state.blockBytes += bytes.count
      }
    }
  }

  func name(_ name: Name) -> String? { state.withLock { $0.names[name] } }

  func keep(_ written: String, for name: Name, if isCurrent: () -> Bool) {
    state.withLock { state in
      guard isCurrent() else { return }
      if state.names.count >= Self.nameLimit { state.names = [:] }
      state.names[name] = written
    }
  }
}
