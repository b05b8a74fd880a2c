/// What a source has for its stream just now.
public enum StreamStep: Sendable {
  /// Encoded messages in order, each one frame; keep a step near 64 KiB.
  case messages([[UInt8]])
  /// Nothing until `StreamHandle.wake()`.
  case idle
  /// The stream is over and well.
  case end
}

/// The messages of one server stream, pulled and never pushed.
///
/// The server calls `next` on a worker, one call at a time, and only while the client has given
/// credit and its socket takes bytes: a subscriber is a cursor of the source's, not a queue.
public protocol StreamSource: AnyObject, Sendable {
  /// The next step; what it throws ends the stream with that status.
  func next() throws -> StreamStep
  /// Called once when the stream is over, however it came to that; no `next` runs or will run.
  func closed()
  /// How far the source has come, in a measure of its own, for the list of connections; nil when it
  /// has none. Called at any time, from any thread.
  var position: Int64? { get }
}

extension StreamSource {
  public var position: Int64? { nil }
}

/// A source's bell.
public final class StreamHandle: Sendable {
  private let ring: @Sendable () -> Void

  /// A bell that rings `ring`; the server makes its own.
  public init(ring: @escaping @Sendable () -> Void) { self.ring = ring }

  /// Says that `next` may have something now. Cheap, from any thread, at any time; rings that come
  /// before the source was asked again count as one.
  public func wake() { ring() }
}
