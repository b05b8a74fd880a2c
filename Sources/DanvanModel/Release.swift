/// Which danvan this is: the one place of its version. `scripts/release` writes and compares the copies.
public enum Release {
  /// As semantic versioning has it.
  public static let version = "0.1.0"
  /// The protocol that Hello agrees on; rises only when an older peer could not follow.
  public static let `protocol` = 1
  /// The number of the newest migration of the store.
  public static let schema = 13

  /// `0.1.0 (protocol 1, schema 12)`
  public static var description: String {
    "\(version) (protocol \(`protocol`), schema \(schema))"
  }
}
