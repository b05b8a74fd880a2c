internal import DanvanModel
internal import GRDB
internal import GRDBSQLite

/// Our tokenizer as FTS5 sees it, on one connection.
///
/// Texts go through the `SearchTokenizer`. What the store has cut into terms itself does not: a
/// `TermStream`, and the strings of a MATCH expression, which are written like one.
final class IndexTokenizer {
  /// Stands between two names of one article's name index, so that no phrase reaches from one into
  /// the next.
  static let separator: UInt8 = 0x1F

  private let tokenizer: any SearchTokenizer
  private let collector: TermCollector?
  private let splitsNames: Bool

  /// Makes `danvan` (for texts) and `danvan_names` (for lists of names) known to a connection; the
  /// collector, if any, is told each term of the documents that pass.
  static func register(
    _ tokenizer: any SearchTokenizer, collector: TermCollector?, on db: Database
  ) throws {
    for (name, splitsNames) in [("danvan", false), ("danvan_names", true)] {
      let box = IndexTokenizer(tokenizer, collector, splitsNames: splitsNames)
      var functions = fts5_tokenizer(
        xCreate: { box, _, _, tokenizer in
          // Every table shares the connection's box, which lives until the connection is closed.
          tokenizer?.pointee = box.map { OpaquePointer($0) }
          return SQLITE_OK
        },
        xDelete: { _ in },
        xTokenize: { box, context, purpose, text, count, emit in
          guard let box, let emit else { return SQLITE_MISUSE }
          let tokenizer = Unmanaged<IndexTokenizer>.fromOpaque(UnsafeRawPointer(box))
          return tokenizer._withUnsafeGuaranteedRef {
            $0.tokenize(text, Int(count), purpose: purpose, context: context, emit: emit)
          }
        })
      let api = FTS5.api(db)
      let result = api.pointee.xCreateTokenizer(
        UnsafeMutablePointer(mutating: api), name, Unmanaged.passRetained(box).toOpaque(),
        &functions,
        { $0.map { Unmanaged<IndexTokenizer>.fromOpaque($0).release() } })
      guard result == SQLITE_OK else { throw DatabaseError(resultCode: .init(rawValue: result)) }
    }
  }

  private init(_ tokenizer: any SearchTokenizer, _ collector: TermCollector?, splitsNames: Bool) {
    self.tokenizer = tokenizer
    self.collector = collector
    self.splitsNames = splitsNames
  }

  private typealias Emit =
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
    ) -> Int32

  private func tokenize(
    _ text: UnsafePointer<CChar>?, _ count: Int, purpose: Int32,
    context: UnsafeMutableRawPointer?, emit: Emit
  ) -> Int32 {
    let bytes = UnsafeBufferPointer(
      start: UnsafeRawPointer(text)?.assumingMemoryBound(to: UInt8.self), count: max(0, count))
    if purpose & FTS5_TOKENIZE_QUERY != 0 || bytes.first == TermStream.opening {
      return emitStream(bytes, context, emit)
    }
    guard splitsNames else { return emitTerms(bytes, context, emit) }
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: Self.separator) ?? bytes.count
      let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
      let result = emitTerms(name, context, emit)
      guard result == SQLITE_OK, end < bytes.count else { return result }
      let parting = Self.emit(
        UnsafeBufferPointer(rebasing: bytes[end...end]), end..<end + 1, false, context, emit)
      guard parting == SQLITE_OK else { return parting }
      start = end + 1
    }
    return SQLITE_OK
  }

  private func emitTerms(
    _ bytes: UnsafeBufferPointer<UInt8>, _ context: UnsafeMutableRawPointer?, _ emit: Emit
  ) -> Int32 {
    var result = SQLITE_OK
    tokenizer.forEachTerm(in: bytes, for: .document) { term, range, colocated in
      collector?.note(term)
      result = Self.emit(term, range, colocated, context, emit)
      return result == SQLITE_OK
    }
    return result
  }

  private func emitStream(
    _ bytes: UnsafeBufferPointer<UInt8>, _ context: UnsafeMutableRawPointer?, _ emit: Emit
  ) -> Int32 {
    var result = SQLITE_OK
    TermStream.forEachTerm(in: bytes) { range, colocated in
      result = Self.emit(
        UnsafeBufferPointer(rebasing: bytes[range]), range, colocated, context, emit)
      return result == SQLITE_OK
    }
    return result
  }

  private static func emit(
    _ term: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ colocated: Bool,
    _ context: UnsafeMutableRawPointer?, _ emit: Emit
  ) -> Int32 {
    term.withMemoryRebound(to: CChar.self) {
      emit(
        context, colocated ? FTS5_TOKEN_COLOCATED : 0, $0.baseAddress, Int32(clamping: $0.count),
        Int32(clamping: range.lowerBound), Int32(clamping: range.upperBound))
    }
  }
}
