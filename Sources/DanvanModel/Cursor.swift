/// A place in one store's event log: everything up to and with `sequence` has been seen.
///
/// Written `dv1.<store>.<sequence>`, with the store's id in eight hexadecimal digits.
public struct Cursor: Sendable, Hashable, CustomStringConvertible {
  public let store: StoreID
  public let sequence: Int64

  public init(store: StoreID, sequence: Int64) {
    self.store = store
    self.sequence = sequence
  }

  /// Reads the text form. Throws `CursorFault.malformed` for anything else; whether the store is this one
  /// and the sequence is still kept is for the event log to say.
  public init(parsing text: String) throws {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "dv1", let store = StoreID(parsing: String(parts[1])),
      parts[2].utf8.allSatisfy({ (48...57).contains($0) }), let sequence = Int64(parts[2])
    else {
      throw DanvanError(
        .malformed, "malformed cursor '\(text.prefix(64))': expected dv1.<8 hex digits>.<number>")
    }
    self.init(store: store, sequence: sequence)
  }

  public var description: String { "dv1.\(store).\(sequence)" }
}

/// Tells one store from another: 32 random bits, fixed when the store is made.
public struct StoreID: Sendable, Hashable, CustomStringConvertible {
  public let bits: UInt32
  public init(_ bits: UInt32) { self.bits = bits }

  init?(parsing text: String) {
    guard text.utf8.count == 8, text.utf8.allSatisfy({ Self.digits.contains($0) }),
      let bits = UInt32(text, radix: 16)
    else { return nil }
    self.bits = bits
  }

  public var description: String {
    let hex = String(bits, radix: 16)
    return String(repeating: "0", count: 8 - hex.utf8.count) + hex
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
