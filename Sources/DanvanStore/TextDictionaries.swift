internal import DanvanZlib
internal import Synchronization

/// The preset dictionaries that texts are compressed with: what articles share with each other need
/// not be stored with each. A stream names its own, so that older texts stay readable.
final class TextDictionaries: Sendable {
  private struct State {
    var byID: [UInt32: [UInt8]] = [:]
    var newest: [UInt8]?
  }
  private let state = Mutex(State())

  /// A store begins to train one when it has so many articles.
  static let dueAt = 1_000

  var isEmpty: Bool { state.withLock { $0.newest == nil } }

  /// The later it comes, the newer it is.
  func add(_ dictionary: [UInt8]) {
    state.withLock { state in
      state.byID[Zlib.adler32(dictionary)] = dictionary
      state.newest = dictionary
    }
  }

  func compress(_ text: [UInt8]) throws(ZlibError) -> [UInt8] {
    try Zlib.compress(text, dictionary: state.withLock { $0.newest })
  }

  func inflate(_ stream: [UInt8], length: Int) throws(ZlibError) -> [UInt8] {
    try Zlib.inflate(stream, length: length) { id in state.withLock { $0.byID[id] } }
  }
}
