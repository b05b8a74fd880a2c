/// Which danvan this is.
public enum Release {
  public static let version = "0.1.0"
  /// The protocol that Hello agrees on; rises only when an older peer could not follow.
  public static let `protocol` = 1
}
