internal import DanvanModel
internal import Glibc

/// A thread that runs one closure and is not waited for.
enum BackgroundThread {
  /// Throws `resourceExhausted` when the system gives no thread.
  static func start(_ body: @escaping @Sendable () -> Void) throws {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { raw in
        if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    guard failure == 0 else {
      box.release()
      throw DanvanError(
        .resourceExhausted, "cannot start a thread", cause: String(cString: strerror(failure)))
    }
    pthread_detach(thread)
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
