internal import CSQLite

/// The arguments of one call of a function that SQL has.
public struct SQLArguments {
  private let values: UnsafeBufferPointer<OpaquePointer?>

  fileprivate init(_ values: UnsafeBufferPointer<OpaquePointer?>) { self.values = values }

  /// Nil where it is no blob.
  public func blob(_ index: Int) -> [UInt8]? {
    guard let value = value(index, SQLITE_BLOB) else { return nil }
    let start = sqlite3_value_blob(value)
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
  }

  /// Nil where it is no whole number.
  public func integer(_ index: Int) -> Int64? {
    value(index, SQLITE_INTEGER).map { sqlite3_value_int64($0) }
  }

  /// Lends the bytes of all arguments, a few pieces one after the other: each argument behind its type and its
  /// length, of eight bytes each, so that no two lists of arguments give the same bytes. A number stands in
  /// place of the length.
  public func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 1_024, alignment: 8) { room in
      var count = 0
      func handOver() {
        if count > 0 { body(UnsafeRawBufferPointer(rebasing: room[..<count])) }
        count = 0
      }
      for value in values {
        let (type, number, bytes) = Self.parts(of: value)
        if room.count - count < 16 { handOver() }
        room.storeBytes(of: UInt64(type).littleEndian, toByteOffset: count, as: UInt64.self)
        room.storeBytes(of: number.littleEndian, toByteOffset: count + 8, as: UInt64.self)
        count += 16
        if bytes.count > room.count - count {
          handOver()
          body(bytes)
        } else if !bytes.isEmpty {
          UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
          count += bytes.count
        }
      }
      handOver()
    }
  }

  private static func parts(of value: OpaquePointer?)
    -> (type: Int32, number: UInt64, bytes: UnsafeRawBufferPointer)
  {
    let type = sqlite3_value_type(value)
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    switch type {
    case SQLITE_INTEGER: return (type, UInt64(bitPattern: sqlite3_value_int64(value)), none)
    case SQLITE_FLOAT: return (type, sqlite3_value_double(value).bitPattern, none)
    case SQLITE_TEXT, SQLITE_BLOB:
      // The bytes first: they may be made by it, and their count is that of what it gives.
      let start = sqlite3_value_blob(value)
      let count = start == nil ? 0 : Int(sqlite3_value_bytes(value))
      return (type, UInt64(count), UnsafeRawBufferPointer(start: start, count: count))
    default: return (type, 0, none)
    }
  }

  private func value(_ index: Int, _ type: Int32) -> OpaquePointer? {
    guard values.indices.contains(index), let value = values[index],
      sqlite3_value_type(value) == type
    else { return nil }
    return value
  }
}

extension Database {
  /// Makes a function known to SQL on this connection that gives a text, the same for the same arguments.
  /// A call whose `body` throws ends its statement with `SQLITE_ERROR`.
  public func addFunction(
    _ name: String, argumentCount: Int32, _ body: @escaping (SQLArguments) throws -> String?
  ) throws {
    try addFunction(name, argumentCount, FunctionBox(giving: body))
  }

  /// The same for one that gives a number. An `argumentCount` of -1 takes any.
  public func addFunction(
    _ name: String, argumentCount: Int32, giving body: @escaping (SQLArguments) -> Int64
  ) throws {
    try addFunction(
      name, argumentCount, FunctionBox { sqlite3_result_int64($0, body($1)) })
  }

  private func addFunction(_ name: String, _ argumentCount: Int32, _ box: FunctionBox) throws {
    let code = sqlite3_create_function_v2(
      handle, name, argumentCount, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      Unmanaged.passRetained(box).toOpaque(),
      { context, count, values in
        guard let box = sqlite3_user_data(context) else { return }
        Unmanaged<FunctionBox>.fromOpaque(box)._withUnsafeGuaranteedRef {
          $0.run(context, SQLArguments(UnsafeBufferPointer(start: values, count: Int(count))))
        }
      }, nil, nil,
      { $0.map { Unmanaged<FunctionBox>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle) }
  }
}

private final class FunctionBox {
  /// Sets the result.
  let run: (OpaquePointer?, SQLArguments) -> Void

  init(_ run: @escaping (OpaquePointer?, SQLArguments) -> Void) { self.run = run }

  convenience init(giving body: @escaping (SQLArguments) throws -> String?) {
    self.init { context, arguments in
      do {
        guard var text = try body(arguments) else { return sqlite3_result_null(context) }
        text.withUTF8 { bytes in
          // An empty buffer may have no address, which SQLite would read as NULL.
          guard !bytes.isEmpty else { return sqlite3_result_text(context, "", 0, transientMemory) }
          bytes.withMemoryRebound(to: CChar.self) {
            sqlite3_result_text64(
              context, $0.baseAddress, UInt64($0.count), transientMemory, UInt8(SQLITE_UTF8))
          }
        }
      } catch {
        sqlite3_result_error(context, "\(error)", -1)
      }
    }
  }
}
