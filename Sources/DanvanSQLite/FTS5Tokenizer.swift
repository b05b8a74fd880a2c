internal import CSQLite

/// Cuts texts into the terms of a full-text index.
public protocol FTS5Tokenizer: AnyObject {
  /// Gives `terms` each term of the text in its order, until that wants no more. `isQuery`: the text is a
  /// string of a MATCH expression, else one to be indexed.
  func tokenize(_ text: UnsafeBufferPointer<UInt8>, isQuery: Bool, into terms: inout FTS5Terms)
}

/// Takes terms for FTS5.
public struct FTS5Terms {
  fileprivate typealias Emit =
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
    ) -> Int32
  private let emit: Emit
  private let context: UnsafeMutableRawPointer?
  fileprivate private(set) var result = SQLITE_OK

  fileprivate init(_ emit: @escaping Emit, _ context: UnsafeMutableRawPointer?) {
    self.emit = emit
    self.context = context
  }

  /// Takes a term; `range` are the bytes of the text that it stands for. With `colocated` it stands in the
  /// place of the term before it. False when no more are wanted.
  public mutating func add(
    _ term: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, colocated: Bool
  ) -> Bool {
    result = term.withMemoryRebound(to: CChar.self) {
      emit(
        context, colocated ? FTS5_TOKEN_COLOCATED : 0, $0.baseAddress, Int32(clamping: $0.count),
        Int32(clamping: range.lowerBound), Int32(clamping: range.upperBound))
    }
    return result == SQLITE_OK
  }
}

extension Database {
  /// Makes a tokenizer known to this connection under a name.
  public func addTokenizer(_ name: String, _ tokenizer: any FTS5Tokenizer) throws {
    let api = try fts5()
    var functions = fts5_tokenizer(
      xCreate: { box, _, _, tokenizer in
        // Every table shares the connection's box, which lives until the connection is closed.
        tokenizer?.pointee = box.map { OpaquePointer($0) }
        return SQLITE_OK
      },
      xDelete: { _ in },
      xTokenize: { box, context, purpose, text, count, emit in
        guard let box, let emit else { return SQLITE_MISUSE }
        let bytes = UnsafeBufferPointer(
          start: UnsafeRawPointer(text)?.assumingMemoryBound(to: UInt8.self),
          count: max(0, Int(count)))
        var terms = FTS5Terms(emit, context)
        Unmanaged<TokenizerBox>.fromOpaque(UnsafeRawPointer(box))._withUnsafeGuaranteedRef {
          $0.tokenizer.tokenize(
            bytes, isQuery: purpose & FTS5_TOKENIZE_QUERY != 0, into: &terms)
        }
        return terms.result
      })
    let code = api.pointee.xCreateTokenizer(
      api, name, Unmanaged.passRetained(TokenizerBox(tokenizer)).toOpaque(), &functions,
      { $0.map { Unmanaged<TokenizerBox>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle) }
  }

  private func fts5() throws -> UnsafeMutablePointer<fts5_api> {
    let select = try cachedStatement("SELECT fts5(?1)")
    var api: UnsafeMutablePointer<fts5_api>?
    try withUnsafeMutablePointer(to: &api) { place in
      // SQLite keeps the address of the type's name until the statement is reset.
      let type: StaticString = "fts5_api_ptr"
      type.utf8Start.withMemoryRebound(to: CChar.self, capacity: type.utf8CodeUnitCount + 1) {
        select.note(sqlite3_bind_pointer(select.handle, 1, place, $0, nil))
      }
      try SQLStatement(select).run()
    }
    guard let api else {
      throw DatabaseError(resultCode: .error, message: "this SQLite has no FTS5")
    }
    return api
  }
}

private final class TokenizerBox {
  let tokenizer: any FTS5Tokenizer
  init(_ tokenizer: any FTS5Tokenizer) { self.tokenizer = tokenizer }
}
