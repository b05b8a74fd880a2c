internal import DanvanMessages
internal import DanvanModel
internal import DanvanRPC
internal import DanvanService
internal import DanvanStore
internal import SwiftProtobuf
internal import Synchronization

/// One export as a stream: read from the store as of one moment, as fast as the client takes it.
///
/// The store keeps what it needs for that moment beside the database, so a client that stops reading
/// loses the export after a while.
final class ExportSource: StreamSource {
  private struct State {
    /// Nil once it is over or given up.
    var export: Export?
    var hasBegun = false
    var hasEnded = false
    var alarm: Alarms.Alarm?
  }

  private static let patience = Duration.seconds(300)
  private static let stepBytes = 64 << 10

  private let request: Danvan_V1_ExportRequest
  private let handle: StreamHandle
  private let alarms: Alarms
  private let refusal: @Sendable (any Error) -> RPCStatus
  private let state: Mutex<State>

  init(
    _ export: Export, _ request: Danvan_V1_ExportRequest, handle: StreamHandle, alarms: Alarms,
    refusal: @escaping @Sendable (any Error) -> RPCStatus
  ) {
    self.request = request
    self.handle = handle
    self.alarms = alarms
    self.refusal = refusal
    state = Mutex(State(export: export))
  }

  func next() throws -> StreamStep {
    let (export, hasBegun) = state.withLock { state in
      defer { state.hasBegun = true }
      state.alarm?.cancel()
      return (state.export, state.hasBegun)
    }
    guard let export else {
      throw RPCStatus(.aborted, "the export was given up: its reader had stopped for too long")
    }
    do {
      let items =
        try hasBegun ? textItems(of: export) : headItems(of: export)
      guard !items.isEmpty else {
        state.withLock { $0.export = nil }
        return .end
      }
      let messages: [[UInt8]] = try items.map { try $0.serializedBytes() }
      let alarm = alarms.after(Self.patience) { [weak self] in
        self?.state.withLock { $0.export = nil }
        self?.handle.wake()
      }
      state.withLock { $0.alarm = alarm }
      return .messages(messages)
    } catch {
      throw refusal(error)
    }
  }

  private func headItems(of export: Export) -> [Danvan_V1_ExportItem] {
    let head = Danvan_V1_ExportItem.with {
      $0.head.version = 1
      $0.head.query = request.query
      $0.head.ruleSet = export.ruleSet
      $0.head.articles = UInt64(clamping: export.texts.articles)
      $0.head.texts = UInt64(clamping: export.texts.texts)
      $0.head.cursor = export.texts.cursor.description
    }
    return [head]
      + export.savedSearches.map { search in
        .with { $0.savedSearch = Danvan_V1_SavedSearch(exact: search) }
      }
  }

  /// The next texts, or the rulings and the end; nothing behind them.
  private func textItems(of export: Export) throws -> [Danvan_V1_ExportItem] {
    let texts = try export.texts.next(byteLimit: Self.stepBytes)
    if !texts.isEmpty {
      return texts.map { text in
        .with {
          $0.text = Danvan_V1_ExportedText(text)
          if request.withSentences {
            $0.text.sentences = export.sentences(of: text.article).flatMap {
              [UInt32(clamping: $0.start), UInt32(clamping: $0.end)]
            }
          }
        }
      }
    }
    let isFirst = state.withLock { state in
      defer { state.hasEnded = true }
      return !state.hasEnded
    }
    guard isFirst else { return [] }
    let rulings = try export.texts.rulings().map { ruling in
      Danvan_V1_ExportItem.with { $0.ruling = Danvan_V1_ExportedRuling(ruling) }
    }
    return rulings + [
      .with {
        $0.end.articles = UInt64(clamping: export.texts.articles)
        $0.end.texts = UInt64(clamping: export.texts.texts)
      }
    ]
  }

  func closed() {
    state.withLock { state in
      state.alarm?.cancel()
      state.alarm = nil
      state.export = nil
    }
  }
}
